package dev.aicore.discovery.dialect.eureka;

import static dev.aicore.discovery.dialect.DialectMetadata.EUREKA_PREFIX;

import dev.aicore.discovery.dialect.DialectMetadata;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Keys of the metadata entries that hold the members of Eureka's documents without counterpart in the registry. */
final class EurekaMetadata {

    static final String APP = EUREKA_PREFIX + "app";
    static final String INSTANCE_ID = EUREKA_PREFIX + "instance-id";
    static final String HOST_NAME = EUREKA_PREFIX + "host-name";
    static final String IP_ADDRESS = EUREKA_PREFIX + "ip-address";
    static final String STATUS = EUREKA_PREFIX + "status";
    static final String OVERRIDDEN_STATUS = EUREKA_PREFIX + "overridden-status";
    static final String LAST_DIRTY_TIMESTAMP = EUREKA_PREFIX + "last-dirty-timestamp";
    static final String ACTION_TYPE = EUREKA_PREFIX + "action-type";
    static final String PORT = EUREKA_PREFIX + "port";
    static final String PORT_ENABLED = EUREKA_PREFIX + "port-enabled";
    static final String SECURE_PORT = EUREKA_PREFIX + "secure-port";
    static final String SECURE_PORT_ENABLED = EUREKA_PREFIX + "secure-port-enabled";
    static final String COUNTRY_ID = EUREKA_PREFIX + "country-id";
    static final String RENEWAL_INTERVAL = EUREKA_PREFIX + "renewal-interval";
    static final String LEASE_DURATION = EUREKA_PREFIX + "lease-duration";
    static final String DATA_CENTER = EUREKA_PREFIX + "data-center";
    static final String DATA_CENTER_CLASS = EUREKA_PREFIX + "data-center-class";

    /** Prefix of the keys of a data centre's own metadata. */
    static final String DATA_CENTER_METADATA = EUREKA_PREFIX + "data-center.";

    /** Prefix of the keys of metadata that the instance itself declared with a reserved key. */
    private static final String ESCAPED = EUREKA_PREFIX + "metadata.";

    /** Keys of the members that are texts, by their names in JSON, in the order in which Eureka writes them. */
    static final Map<String, String> TEXT_MEMBERS = textMembers();

    private EurekaMetadata() {}

    private static Map<String, String> textMembers() {
        var members = new LinkedHashMap<String, String>();
        members.put("homePageUrl", EUREKA_PREFIX + "home-page-url");
        members.put("statusPageUrl", EUREKA_PREFIX + "status-page-url");
        members.put("healthCheckUrl", EUREKA_PREFIX + "health-check-url");
        members.put("secureHealthCheckUrl", EUREKA_PREFIX + "secure-health-check-url");
        members.put("vipAddress", EUREKA_PREFIX + "vip-address");
        members.put("secureVipAddress", EUREKA_PREFIX + "secure-vip-address");
        members.put("appGroupName", EUREKA_PREFIX + "app-group-name");
        members.put("asgName", EUREKA_PREFIX + "asg-name");
        return Collections.unmodifiableMap(members);
    }

    /** Returns true if the metadata is that of an instance that was registered in Eureka's protocol. */
    static boolean isOfEureka(Map<String, String> metadata) {
        return metadata.containsKey(LAST_DIRTY_TIMESTAMP);
    }

    /** Returns the key under which an entry of the instance's own metadata is kept. */
    static String toStoredKey(String key) {
        return DialectMetadata.isReserved(key) ? ESCAPED + key : key;
    }

    /** Returns the instance's own metadata, ordered by key. */
    static Map<String, String> own(Map<String, String> stored) {
        var own = new TreeMap<>(DialectMetadata.withoutReserved(stored));
        stored.forEach((key, value) -> {
            if (key.startsWith(ESCAPED)) {
                own.put(key.substring(ESCAPED.length()), value);
            }
        });
        return own;
    }
}
