package dev.aicore.discovery.dialect.eureka;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Instance as Eureka's documents have it.
 *
 * @param app name of the application in upper case
 * @param instanceId null if it was not sent; then {@link #id} is another member
 * @param texts members that are texts without meaning for the registry, by their names in JSON; see
 *     {@link EurekaMetadata#TEXT_MEMBERS}
 * @param lastUpdatedMillis time of the last change, in epoch milliseconds
 * @param lastDirtyMillis time of the last change by the instance itself, in epoch milliseconds
 */
record EurekaInstance(
        String app,
        @Nullable String instanceId,
        String hostName,
        String ipAddress,
        EurekaPort port,
        EurekaPort securePort,
        EurekaStatus status,
        EurekaStatus overriddenStatus,
        int countryId,
        EurekaDataCenter dataCenter,
        EurekaLease lease,
        Map<String, String> metadata,
        Map<String, String> texts,
        long lastUpdatedMillis,
        long lastDirtyMillis) {

    private static final String AMAZON_ID = "instance-id";

    EurekaInstance {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    /** Returns the id in paths: the instance id, or else that of the data centre, or else the host name. */
    String id() {
        var ofDataCenter = dataCenter.metadata().get(AMAZON_ID);
        return instanceId != null ? instanceId : ofDataCenter != null ? ofDataCenter : hostName;
    }

    /** Port of one kind. */
    record EurekaPort(int number, boolean enabled) {
        static final EurekaPort DEFAULT = new EurekaPort(7_001, true);
        static final EurekaPort DEFAULT_SECURE = new EurekaPort(7_002, false);
    }

    /**
     * Data centre.
     *
     * @param name {@code MyOwn}, {@code Netflix} or {@code Amazon}
     * @param className Java class, which Eureka's clients read
     */
    record EurekaDataCenter(String name, String className, Map<String, String> metadata) {

        private static final String DEFAULT_CLASS = "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo";
        private static final String AMAZON_CLASS = "com.netflix.appinfo.AmazonInfo";

        static final EurekaDataCenter MY_OWN = new EurekaDataCenter("MyOwn", DEFAULT_CLASS, Map.of());

        EurekaDataCenter {
            metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        }

        static String defaultClass(String name) {
            return name.equals("Amazon") ? AMAZON_CLASS : DEFAULT_CLASS;
        }
    }

    /**
     * Lease. Durations are in seconds, times in epoch milliseconds.
     *
     * @param duration time without heartbeat after which the lease ends
     */
    record EurekaLease(int renewalInterval, int duration, long registeredMillis, long renewedMillis) {

        static final int DEFAULT_RENEWAL_INTERVAL = 30;
        static final int DEFAULT_DURATION = 90;
    }
}
