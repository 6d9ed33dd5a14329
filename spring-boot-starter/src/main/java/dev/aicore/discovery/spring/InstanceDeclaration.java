package dev.aicore.discovery.spring;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.spring.RegistryProperties.Registration.Check;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Declares this process as an instance, from the properties and what is known of the application.
 *
 * @param properties properties of the starter
 * @param ports ports of the web servers
 * @param application what the application says about itself
 */
public record InstanceDeclaration(RegistryProperties properties, ListeningPorts ports, ApplicationFacts application) {
    /** Name without a port, which is never registered. */
    private static final String UNREGISTERED = "application";

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

    /**
     * Facts of the application.
     *
     * @param name its name; null if it has none
     * @param version its version; null if unknown
     * @param secure whether its web server uses TLS
     * @param managementPath path of Actuator's endpoints; null without them
     */
    public record ApplicationFacts(
            @Nullable String name,
            @Nullable String version,
            boolean secure,
            @Nullable String managementPath) {}

    /** Returns the declaration; its port is 0 until the web server listens. */
    public Instance instance() {
        var registration = properties.registration();
        var instance = Instance.of(name(), port())
                .address(address())
                .protocol(protocol())
                .weight(registration.weight())
                .ttl(registration.ttl())
                .version(firstNonNull(registration.version(), application.version(), ""))
                .zone(firstNonNull(registration.zone(), ""));
        if (registration.id() != null) {
            instance = instance.id(registration.id());
        }
        for (var tag : registration.tags()) {
            instance = instance.tag(tag);
        }
        for (var pair : metadata().entrySet()) {
            instance = instance.metadata(pair.getKey(), pair.getValue());
        }
        return registration.check() == Check.HTTP ? instance.check(registration.checkPath(), CHECK_INTERVAL) : instance;
    }

    private String name() {
        var name = properties.registration().name() != null
                ? properties.registration().name()
                : application.name();
        if (name != null && !name.isBlank()) {
            return name;
        }
        if (port() > 0) {
            throw new IllegalStateException("A registration needs a name: set spring.application.name, or"
                    + " service-discovery.registration.enabled=false.");
        }
        return UNREGISTERED;
    }

    private int port() {
        var configured = properties.registration().port();
        return configured != null ? configured : Objects.requireNonNullElse(ports.application(), 0);
    }

    private String address() {
        var configured = properties.registration().address();
        return configured != null
                ? configured
                : AdvertisedAddress.choose(
                        properties.url(),
                        properties.registration().preferNetworks().stream()
                                .map(NetworkRange::parse)
                                .toList());
    }

    private String protocol() {
        return firstNonNull(properties.registration().protocol(), application.secure() ? "https" : "http");
    }

    /** The keys of Actuator are those that Spring Boot Admin reads. */
    private Map<String, String> metadata() {
        var metadata = new LinkedHashMap<String, String>();
        if (ports.management() != null && application.managementPath() != null) {
            metadata.put("management.port", ports.management().toString());
            metadata.put("management.context-path", application.managementPath());
        }
        metadata.putAll(properties.registration().metadata());
        return metadata;
    }

    private static String firstNonNull(@Nullable String first, String second) {
        return first == null ? second : first;
    }

    private static String firstNonNull(@Nullable String first, @Nullable String second, String third) {
        return firstNonNull(first, firstNonNull(second, third));
    }
}
