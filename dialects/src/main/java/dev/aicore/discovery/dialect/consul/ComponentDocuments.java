package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.web.ApiJson;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes changes of one of several checks as merge patches of the instance. */
final class ComponentDocuments {

    private ComponentDocuments() {}

    /**
     * Returns the id of the check that a caller means; null if there is none. {@code service:} with the native id means
     * the only check that the instance reports itself.
     */
    static @Nullable String idOf(CompositeCheck composite, String checkId) {
        if (composite.components().containsKey(checkId)) {
            return checkId;
        }
        if (composite.hasSeveralReported()) {
            return null;
        }
        return composite.components().entrySet().stream()
                .filter(component -> component.getValue().isReported())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Returns true if the instance reports the check itself. */
    static boolean isTtl(@Nullable ComponentCheck component) {
        return component != null && component.isReported();
    }

    /** Returns the lease in seconds that the checks but one need, which is their longest TTL; 0 for no lease. */
    static int leaseWithout(CompositeCheck composite, String id) {
        return composite.components().entrySet().stream()
                .filter(component ->
                        component.getValue().isReported() && !component.getKey().equals(id))
                .mapToInt(component -> component.getValue().check().interval())
                .max()
                .orElse(0);
    }

    /** Returns the patch that sets the status and the output of a check. */
    static ObjectNode result(String id, ComponentCheck component) {
        var change = JsonNodeFactory.instance
                .objectNode()
                .put("status", component.status().jsonName())
                .put("output", component.output());
        return patch(id, change);
    }

    /** Returns the patch that removes one of several checks. */
    static ObjectNode removal(String id) {
        return patch(id, null);
    }

    /**
     * Returns the patch that adds a check, or replaces the check of the same id.
     *
     * @param present the checks before
     */
    static ObjectNode addition(CompositeCheck present, String id, ObjectNode component) {
        var replaced = present.components().get(id);
        if (replaced != null) {
            component.put("output", "");
            var config = (ObjectNode) component.get(HealthCheckTranslator.CONFIG);
            replaced.check().config().keySet().stream()
                    .filter(key -> !config.has(key))
                    .forEach(config::putNull);
        }
        return patch(id, component);
    }

    /**
     * Returns the document of the checks of an instance that has one check so far, under the id of that check, and of
     * those that are added.
     */
    static ObjectNode ofSingle(InstanceView present, ConsulCheck shown) {
        var declared = present.healthCheck();
        var check = declared == null ? new HealthCheck(HealthCheck.TTL, 1, 1, 1, 1, Map.of()) : declared;
        var config = new TreeMap<>(check.config());
        config.remove(HealthCheck.DEREGISTER_AFTER);
        config.remove("type");
        var alone = new HealthCheck(
                check.checkType(),
                check.checkType().equals(HealthCheck.TTL) ? Math.max(1, present.ttl()) : check.interval(),
                check.timeout(),
                check.failureThreshold(),
                check.successThreshold(),
                config);
        var status = present.health() == HealthState.STARTING
                ? ComponentHealth.STARTING
                : shown.status().toComponentHealth();
        var component = new ComponentCheck(
                alone,
                shown.name(),
                ConsulMetadata.encode(shown.notes()),
                status,
                ConsulMetadata.encode(shown.output()));
        var components = JsonNodeFactory.instance.objectNode();
        components.set(shown.id(), ApiJson.mapper().valueToTree(component.toConfig()));
        return CheckSetTranslator.composite(
                components, declared == null ? 0 : declared.deregisterAfter().orElse(0));
    }

    private static ObjectNode patch(String id, @Nullable ObjectNode component) {
        var document = JsonNodeFactory.instance.objectNode();
        document.putObject("health_check")
                .putObject(HealthCheckTranslator.CONFIG)
                .putObject(CompositeCheck.CHECKS)
                .set(id, component == null ? JsonNodeFactory.instance.nullNode() : component);
        return document;
    }
}
