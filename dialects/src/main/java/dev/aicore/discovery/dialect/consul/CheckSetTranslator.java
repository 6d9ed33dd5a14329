package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.dialect.consul.CheckDocument.CheckType;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates the checks of an instance to its native check. Several checks become a composite, and so does an HTTP
 * check, because only checks of a composite have the status {@code warning}.
 */
final class CheckSetTranslator {

    private CheckSetTranslator() {}

    /** Returns true if there is one check only, and it becomes a native check of its type. */
    static boolean isSingle(List<CheckDocument> checks) {
        return checks.size() == 1 && checks.getFirst().type() != CheckType.HTTP;
    }

    /**
     * Returns the native check.
     *
     * @param serviceId Consul's id of the instance, from which ids of checks derive
     * @param address address of the instance
     */
    static ObjectNode toNative(List<CheckDocument> checks, String serviceId, String address) {
        if (checks.isEmpty()) {
            return HealthCheckTranslator.none();
        }
        if (isSingle(checks)) {
            var check = checks.getFirst();
            var document = HealthCheckTranslator.toNative(check, address);
            ((ObjectNode) document.get(HealthCheckTranslator.CONFIG))
                    .put(HealthCheck.DEREGISTER_AFTER, HealthCheckTranslator.deregisterAfter(check));
            return document;
        }
        var components = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < checks.size(); i++) {
            var check = checks.get(i);
            components.set(id(check, serviceId, i + 1, checks.size()), component(check, address));
        }
        return composite(components, deregisterAfter(checks));
    }

    /** Returns the lease in seconds, which is the longest TTL of the checks; 0 for no lease. */
    static int ttl(List<CheckDocument> checks) {
        return checks.stream().mapToInt(HealthCheckTranslator::ttl).max().orElse(0);
    }

    /** Returns the native document of several checks. */
    static ObjectNode composite(ObjectNode components, int deregisterAfter) {
        var document = JsonNodeFactory.instance.objectNode().put("check_type", HealthCheck.COMPOSITE);
        document.putObject(HealthCheckTranslator.CONFIG)
                .put(HealthCheck.DEREGISTER_AFTER, deregisterAfter)
                .set(CompositeCheck.CHECKS, components);
        return document;
    }

    /** Returns the native document of one of several checks. */
    static ObjectNode component(CheckDocument check, String address) {
        var status = switch (check.status()) {
            case "passing" -> ComponentHealth.PASSING;
            case ConsulMetadata.WARNING -> ComponentHealth.WARNING;
            default -> ComponentHealth.STARTING;
        };
        var document = HealthCheckTranslator.toNative(check, address);
        if (check.type() == CheckType.TTL) {
            document.put("interval", HealthCheckTranslator.ttl(check));
        }
        return document.put("status", status.jsonName())
                .put("name", check.name())
                .put("notes", ConsulMetadata.encode(check.notes()));
    }

    /** Returns Consul's id of a check: of several checks, those without id are numbered by their place. */
    private static String id(CheckDocument check, String serviceId, int place, int size) {
        if (!check.id().isEmpty()) {
            return check.id();
        }
        var id = ConsulCheck.SERVICE_PREFIX + serviceId;
        return size == 1 ? id : id + ':' + place;
    }

    /**
     * Returns the seconds for which a critical instance stays listed: the longest of the checks; 0 for no limit if one
     * of them has none, so that no check removes an instance on behalf of another.
     */
    private static int deregisterAfter(List<CheckDocument> checks) {
        boolean unlimited = checks.stream().anyMatch(check -> HealthCheckTranslator.deregisterAfter(check) == 0);
        return unlimited
                ? 0
                : checks.stream()
                        .mapToInt(HealthCheckTranslator::deregisterAfter)
                        .max()
                        .orElse(0);
    }
}
