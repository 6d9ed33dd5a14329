package dev.aicore.discovery.spring.actuate;

import dev.aicore.discovery.client.ClientStatus;
import dev.aicore.discovery.client.ClientStatus.ServiceStatus;
import dev.aicore.discovery.client.Freshness;
import dev.aicore.discovery.client.RegistrationStatus;
import dev.aicore.discovery.spring.RegistryProperties.Health.DownWhen;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of the client. An outage of the registry alone doesn't make it down, because calls go on from the kept lists.
 */
final class RegistryHealthIndicator extends AbstractHealthIndicator {
    private final Supplier<ClientStatus> client;
    private final Set<String> required;
    private final DownWhen downWhen;
    private final Supplier<Map<String, Long>> configurations;

    /** @param configurations returns the versions of the imported configurations by their names */
    RegistryHealthIndicator(
            Supplier<ClientStatus> client,
            Set<String> required,
            DownWhen downWhen,
            Supplier<Map<String, Long>> configurations) {
        super("The state of the registry's client can't be read");
        this.client = client;
        this.required = required;
        this.downWhen = downWhen;
        this.configurations = configurations;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var status = client.get();
        var services = status.services().stream()
                .collect(Collectors.toMap(ServiceStatus::name, service -> service, (first, second) -> first));
        var missing =
                required.stream().filter(name -> isMissing(services.get(name))).toList();
        switch (downWhen) {
            case MISSING_LIST -> builder.status(missing.isEmpty() ? "UP" : "DOWN");
            case DISCONNECTED -> builder.status(status.connected() && missing.isEmpty() ? "UP" : "DOWN");
            case NEVER -> builder.up();
        }
        builder.withDetail("node", status.node().toString())
                .withDetail("connected", status.connected())
                .withDetail("transport", status.transport())
                .withDetail(
                        "registrations",
                        status.registrations().stream()
                                .map(RegistryHealthIndicator::details)
                                .toList())
                .withDetail(
                        "services",
                        status.services().stream()
                                .map(RegistryHealthIndicator::details)
                                .toList());
        var versions = configurations.get();
        if (!versions.isEmpty()) {
            builder.withDetail("configurations", versions);
        }
        if (status.store() != null) {
            builder.withDetail("store", status.store());
        }
        if (status.lastHeard() != null) {
            builder.withDetail("lastHeard", status.lastHeard().toString());
        }
        if (!missing.isEmpty()) {
            builder.withDetail("missing", missing);
        }
    }

    private static boolean isMissing(@Nullable ServiceStatus service) {
        return service == null || service.freshness() == Freshness.MISSING;
    }

    private static Map<String, Object> details(RegistrationStatus registration) {
        var details = new LinkedHashMap<String, Object>();
        details.put("service", registration.service());
        put(details, "id", registration.id());
        details.put("state", registration.state());
        details.put("ready", registration.ready());
        put(details, "lastHeartbeat", registration.lastHeartbeat());
        put(details, "error", registration.error());
        return details;
    }

    private static Map<String, Object> details(ServiceStatus service) {
        var details = new LinkedHashMap<String, Object>();
        details.put("name", service.name());
        details.put("instances", service.instances());
        details.put("eligible", service.eligible());
        details.put("ejected", service.ejected());
        details.put("position", service.position());
        details.put("freshness", service.freshness());
        put(details, "age", service.age());
        return details;
    }

    private static void put(Map<String, Object> details, String key, @Nullable Object value) {
        if (value != null) {
            details.put(key, value.toString());
        }
    }
}
