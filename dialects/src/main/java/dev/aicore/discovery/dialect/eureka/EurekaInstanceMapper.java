package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaDataCenter;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaLease;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaPort;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Maps instances of the registry to Eureka's documents, whether or not they were registered in Eureka's protocol. */
final class EurekaInstanceMapper {

    private final InstanceView instance;
    private final Map<String, String> stored;

    private EurekaInstanceMapper(InstanceView instance) {
        this.instance = instance;
        this.stored = instance.metadata();
    }

    static EurekaInstance toEureka(InstanceView instance) {
        return new EurekaInstanceMapper(instance).map();
    }

    private EurekaInstance map() {
        boolean ofEureka = EurekaMetadata.isOfEureka(stored);
        var status = EurekaStatusPair.of(instance);
        var hostName = stored.getOrDefault(EurekaMetadata.HOST_NAME, instance.address());
        return new EurekaInstance(
                stored.getOrDefault(EurekaMetadata.APP, instance.name().toUpperCase(Locale.ROOT)),
                ofEureka ? stored.get(EurekaMetadata.INSTANCE_ID) : instance.id(),
                hostName,
                stored.getOrDefault(EurekaMetadata.IP_ADDRESS, hostName),
                port(ofEureka),
                securePort(ofEureka),
                status.status(),
                status.overridden(),
                number(EurekaMetadata.COUNTRY_ID, 1),
                dataCenter(),
                lease(),
                EurekaMetadata.own(stored),
                ofEureka ? texts() : textsOfNative(),
                instance.updatedAt().toEpochMilli(),
                lastDirty());
    }

    private boolean isSecure() {
        return instance.protocol().equals("https");
    }

    private EurekaPort port(boolean ofEureka) {
        boolean enabled = ofEureka ? bool(EurekaMetadata.PORT_ENABLED, true) : !isSecure();
        int implied = ofEureka && isSecure() ? EurekaPort.DEFAULT.number() : instance.port();
        return new EurekaPort(number(EurekaMetadata.PORT, implied), enabled);
    }

    private EurekaPort securePort(boolean ofEureka) {
        boolean enabled = ofEureka ? bool(EurekaMetadata.SECURE_PORT_ENABLED, false) : isSecure();
        int implied = isSecure() ? instance.port() : EurekaPort.DEFAULT_SECURE.number();
        return new EurekaPort(number(EurekaMetadata.SECURE_PORT, implied), enabled);
    }

    private EurekaDataCenter dataCenter() {
        var name = stored.getOrDefault(EurekaMetadata.DATA_CENTER, EurekaDataCenter.MY_OWN.name());
        var own = new TreeMap<String, String>();
        stored.forEach((key, value) -> {
            if (key.startsWith(EurekaMetadata.DATA_CENTER_METADATA)) {
                own.put(key.substring(EurekaMetadata.DATA_CENTER_METADATA.length()), value);
            }
        });
        return new EurekaDataCenter(
                name, stored.getOrDefault(EurekaMetadata.DATA_CENTER_CLASS, EurekaDataCenter.defaultClass(name)), own);
    }

    private EurekaLease lease() {
        int duration = number(EurekaMetadata.LEASE_DURATION, instance.ttl());
        return new EurekaLease(
                number(EurekaMetadata.RENEWAL_INTERVAL, EurekaLease.DEFAULT_RENEWAL_INTERVAL),
                duration == 0 ? EurekaLease.DEFAULT_DURATION : duration,
                instance.registeredAt().toEpochMilli(),
                instance.updatedAt().toEpochMilli());
    }

    private Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        EurekaMetadata.TEXT_MEMBERS.forEach((member, key) -> {
            var value = stored.get(key);
            if (value != null) {
                texts.put(member, value);
            }
        });
        return texts;
    }

    /** Returns the virtual addresses of an instance of another protocol: Spring finds instances by nothing else. */
    private Map<String, String> textsOfNative() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("vipAddress", instance.name());
        texts.put("secureVipAddress", instance.name());
        return texts;
    }

    private long lastDirty() {
        var kept = stored.get(EurekaMetadata.LAST_DIRTY_TIMESTAMP);
        return kept != null && kept.matches("-?[0-9]{1,18}")
                ? Long.parseLong(kept)
                : instance.registeredAt().toEpochMilli();
    }

    /** Returns a kept number, or the fallback if it was never kept or was changed to something else. */
    private int number(String key, int fallback) {
        var kept = stored.get(key);
        return kept != null && kept.matches("[0-9]{1,9}") ? Integer.parseInt(kept) : fallback;
    }

    private boolean bool(String key, boolean fallback) {
        var kept = stored.get(key);
        return kept == null ? fallback : Boolean.parseBoolean(kept);
    }
}
