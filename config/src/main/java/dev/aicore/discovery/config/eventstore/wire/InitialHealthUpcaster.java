package dev.aicore.discovery.config.eventstore.wire;

import dev.aicore.discovery.api.instance.Health;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code InstanceRegistered} 1 to 2: before there was an initial health, every instance counted as healthy. */
final class InitialHealthUpcaster extends SingleEventUpcaster {

    private static final SimpleSerializedType FROM = new SimpleSerializedType("InstanceRegistered", "1");
    private static final SimpleSerializedType TO = new SimpleSerializedType("InstanceRegistered", "2");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(FROM);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(
                TO, JsonNode.class, json -> ((ObjectNode) json).put("initial_health", Health.HEALTHY.word()));
    }
}
