package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.lease.LeaseState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Check of an instance as Consul's documents show it.
 *
 * @param type {@code ttl}, {@code http}, {@code tcp}, {@code grpc}, or {@code maintenance}
 */
record ConsulCheck(String id, String name, CheckStatus status, String notes, String output, String type) {

    static final String MAINTENANCE_PREFIX = "_service_maintenance:";
    static final String SERVICE_PREFIX = "service:";

    private static final String EXPIRED_OUTPUT = "TTL expired";
    private static final String NO_REASON =
            "Maintenance mode is enabled for this service, but no reason was provided. This is a default message.";

    /** Returns the checks of an instance: its own, if it has any, and the maintenance mode. */
    static List<ConsulCheck> of(InstanceView view, String consulId, JsonNode checkRest) {
        var checks = new ArrayList<ConsulCheck>(2);
        if (view.declared() != AdminState.ACTIVE) {
            checks.add(maintenance(view, consulId));
        }
        var declared = view.healthCheck();
        var composite = CompositeCheck.of(declared);
        if (composite != null) {
            composite.components().forEach((id, component) -> checks.add(component(view, id, component)));
        }
        // Lease and circuit breaker belong to the instance: they are a check of their own beside several checks.
        boolean unchecked = declared != null && (declared.checkType().equals(HealthCheck.NONE) || composite != null);
        var status = composite == null ? status(view) : ofInstance(view, composite);
        if (!unchecked || status != CheckStatus.PASSING) {
            checks.add(new ConsulCheck(
                    checkRest.path("CheckID").asString(SERVICE_PREFIX + consulId),
                    checkRest.path("Name").asString(defaultName(view)),
                    status,
                    checkRest.path("Notes").asString(""),
                    output(view),
                    declared == null || unchecked ? HealthCheck.TTL : declared.checkType()));
        }
        return List.copyOf(checks);
    }

    private static ConsulCheck component(InstanceView view, String id, ComponentCheck component) {
        var type = component.check().checkType();
        boolean expired = type.equals(HealthCheck.TTL) && view.lease() == LeaseState.EXPIRED;
        return new ConsulCheck(
                id,
                component.name().isEmpty() ? defaultName(view) : component.name(),
                expired ? CheckStatus.CRITICAL : CheckStatus.of(component.status()),
                ConsulMetadata.decode(component.notes()),
                expired ? EXPIRED_OUTPUT : ConsulMetadata.decode(component.output()),
                type);
    }

    private static String defaultName(InstanceView view) {
        return "Service '" + view.name() + "' check";
    }

    /** Returns the status of what no component shows: a lease without TTL check, and the circuit breaker. */
    private static CheckStatus ofInstance(InstanceView view, CompositeCheck composite) {
        boolean expired = view.lease() == LeaseState.EXPIRED && !composite.needsLease();
        boolean ejected = view.health() == HealthState.HEALTHY && view.breaker() == BreakerState.OPEN;
        return expired || ejected ? CheckStatus.CRITICAL : CheckStatus.PASSING;
    }

    private static ConsulCheck maintenance(InstanceView view, String consulId) {
        var reason =
                ConsulMetadata.decode(Objects.requireNonNullElse(view.metadata().get(ConsulMetadata.REASON), ""));
        var fallback = view.declared() == AdminState.DRAINING ? "The instance is draining." : NO_REASON;
        return new ConsulCheck(
                MAINTENANCE_PREFIX + consulId,
                "Service Maintenance Mode",
                CheckStatus.CRITICAL,
                reason.isEmpty() ? fallback : reason,
                "",
                "maintenance");
    }

    private static CheckStatus status(InstanceView view) {
        if (view.lease() == LeaseState.EXPIRED
                || view.health() != HealthState.HEALTHY
                || view.breaker() == BreakerState.OPEN) {
            return CheckStatus.CRITICAL;
        }
        return ConsulMetadata.WARNING.equals(view.metadata().get(ConsulMetadata.STATUS))
                ? CheckStatus.WARNING
                : CheckStatus.PASSING;
    }

    private static String output(InstanceView view) {
        if (view.lease() == LeaseState.EXPIRED) {
            return EXPIRED_OUTPUT;
        }
        if (view.health() == HealthState.HEALTHY && view.breaker() == BreakerState.OPEN) {
            return "The circuit breaker is open.";
        }
        return ConsulMetadata.decode(Objects.requireNonNullElse(view.metadata().get(ConsulMetadata.OUTPUT), ""));
    }
}
