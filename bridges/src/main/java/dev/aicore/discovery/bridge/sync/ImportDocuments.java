package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the documents of the REST API that register imported instances. */
final class ImportDocuments {

    private ImportDocuments() {}

    /**
     * Returns the registration. It has no lease and no check: the bridge deregisters the instance, and reports its
     * health, as the other registry says.
     */
    static ObjectNode registration(BridgedInstance instance) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("id", instance.id())
                .put("name", instance.service())
                .put("version", instance.version())
                .put("address", instance.address())
                .put("port", instance.port())
                .put("protocol", instance.protocol())
                .put("weight", instance.weight())
                .put("ttl", 0)
                .put("zone", instance.zone());
        document.putObject("health_check")
                .put("check_type", HealthCheck.NONE)
                .put("failure_threshold", 1)
                .put("success_threshold", 1);
        var metadata = document.putObject("metadata");
        instance.metadata().forEach(metadata::put);
        var tags = document.putArray("tags");
        instance.tags().forEach(tags::add);
        return document;
    }

    /** Returns true if the registration of both instances is the same, with or without another state. */
    static boolean isSameRegistration(@Nullable BridgedInstance before, BridgedInstance after) {
        return before != null && before.withState(after.state()).equals(after);
    }

    /** Returns the update that changes the admin state; null if it is the same. */
    static @Nullable ObjectNode adminState(@Nullable BridgedInstance before, BridgedInstance after) {
        var present = (before == null ? State.HEALTHY : before.state()).declared();
        var wanted = after.state().declared();
        return present == wanted ? null : JsonNodeFactory.instance.objectNode().put("status", wanted.jsonName());
    }

    /** Returns the report of a changed health; null if it is the same, or if traffic is stopped anyway. */
    static @Nullable ObjectNode health(@Nullable BridgedInstance before, BridgedInstance after) {
        var present = before == null ? State.HEALTHY : before.state();
        return switch (after.state()) {
            case HEALTHY, UNHEALTHY ->
                present == after.state()
                        ? null
                        : JsonNodeFactory.instance
                                .objectNode()
                                .put("status", after.state() == State.HEALTHY ? "healthy" : "unhealthy");
            case MAINTENANCE, DRAINING -> null;
        };
    }
}
