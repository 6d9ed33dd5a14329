package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaDataCenter;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaLease;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaPort;
import dev.aicore.discovery.web.HostNormalizer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Creates the registry's documents from Eureka's. Members without counterpart become metadata entries. */
final class NativeDocumentFactory {

    private static final int MIN_TTL = 5;
    private static final int MAX_TTL = 86_400;

    private NativeDocumentFactory() {}

    /**
     * Returns the body of a registration.
     *
     * @param id id in the registry
     * @param name service in the registry
     * @param override override that the instance keeps; null for none
     */
    static ObjectNode registration(EurekaInstance instance, String id, String name, @Nullable EurekaStatus override) {
        boolean secure = isSecure(instance);
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("address", instance.hostName())
                .put("port", nativePort(instance).number())
                .put("protocol", secure ? "https" : "http")
                .put("ttl", ttl(instance.lease()))
                // Until the status is stored as well, only an instance that is up may be discovered.
                .put("initial_status", effective(instance, override) == EurekaStatus.UP ? "healthy" : "starting");
        var metadata = document.putObject("metadata");
        metadata(instance, name, override).forEach(metadata::put);
        return document;
    }

    private static EurekaStatus effective(EurekaInstance instance, @Nullable EurekaStatus override) {
        return override == null ? instance.status() : override;
    }

    /** Returns true if only the secure port is enabled, which is then the instance's port. */
    private static boolean isSecure(EurekaInstance instance) {
        return !instance.port().enabled() && instance.securePort().enabled();
    }

    private static EurekaPort nativePort(EurekaInstance instance) {
        return isSecure(instance) ? instance.securePort() : instance.port();
    }

    private static int ttl(EurekaLease lease) {
        return Math.clamp(lease.duration(), MIN_TTL, MAX_TTL);
    }

    private static Map<String, String> metadata(EurekaInstance instance, String name, @Nullable EurekaStatus override) {
        var kept = new TreeMap<String, String>();
        instance.metadata().forEach((key, value) -> kept.put(EurekaMetadata.toStoredKey(key), value));
        kept.put(EurekaMetadata.LAST_DIRTY_TIMESTAMP, Long.toString(instance.lastDirtyMillis()));
        kept.put(EurekaMetadata.STATUS, instance.status().name());
        keep(kept, EurekaMetadata.OVERRIDDEN_STATUS, override == null ? null : override.name(), null);
        keep(kept, EurekaMetadata.INSTANCE_ID, instance.instanceId(), null);
        keep(kept, EurekaMetadata.APP, instance.app(), name.toUpperCase(Locale.ROOT));
        keep(kept, EurekaMetadata.HOST_NAME, instance.hostName(), HostNormalizer.normalize(instance.hostName()));
        keep(kept, EurekaMetadata.IP_ADDRESS, instance.ipAddress(), instance.hostName());
        keep(kept, EurekaMetadata.COUNTRY_ID, instance.countryId(), 1);
        keep(
                kept,
                EurekaMetadata.RENEWAL_INTERVAL,
                instance.lease().renewalInterval(),
                EurekaLease.DEFAULT_RENEWAL_INTERVAL);
        keep(kept, EurekaMetadata.LEASE_DURATION, instance.lease().duration(), ttl(instance.lease()));
        ports(instance, kept);
        dataCenter(instance.dataCenter(), kept);
        EurekaMetadata.TEXT_MEMBERS.forEach(
                (member, key) -> keep(kept, key, instance.texts().get(member), null));
        return kept;
    }

    private static void ports(EurekaInstance instance, Map<String, String> kept) {
        int declared = nativePort(instance).number();
        boolean secure = isSecure(instance);
        keep(kept, EurekaMetadata.PORT, instance.port().number(), secure ? EurekaPort.DEFAULT.number() : declared);
        keep(kept, EurekaMetadata.PORT_ENABLED, instance.port().enabled(), true);
        keep(
                kept,
                EurekaMetadata.SECURE_PORT,
                instance.securePort().number(),
                secure ? declared : EurekaPort.DEFAULT_SECURE.number());
        keep(kept, EurekaMetadata.SECURE_PORT_ENABLED, instance.securePort().enabled(), false);
    }

    private static void dataCenter(EurekaDataCenter dataCenter, Map<String, String> kept) {
        keep(kept, EurekaMetadata.DATA_CENTER, dataCenter.name(), EurekaDataCenter.MY_OWN.name());
        keep(
                kept,
                EurekaMetadata.DATA_CENTER_CLASS,
                dataCenter.className(),
                EurekaDataCenter.defaultClass(dataCenter.name()));
        dataCenter.metadata().forEach((key, value) -> kept.put(EurekaMetadata.DATA_CENTER_METADATA + key, value));
    }

    /** Keeps a member, unless it was not sent or equals what the instance implies. */
    private static void keep(Map<String, String> kept, String key, @Nullable Object value, @Nullable Object implied) {
        if (value != null && !value.equals(implied)) {
            kept.put(key, value.toString());
        }
    }
}
