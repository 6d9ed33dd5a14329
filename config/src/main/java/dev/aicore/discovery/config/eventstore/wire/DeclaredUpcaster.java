package dev.aicore.discovery.config.eventstore.wire;

import dev.aicore.discovery.api.instance.Declared;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code InstanceUpdated} 1 to 2: before an instance could be put into maintenance, every one was active. */
final class DeclaredUpcaster extends SingleEventUpcaster {

    private static final SimpleSerializedType FROM = new SimpleSerializedType("InstanceUpdated", "1");
    private static final SimpleSerializedType TO = new SimpleSerializedType("InstanceUpdated", "2");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(FROM);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(
                TO, JsonNode.class, json -> ((ObjectNode) json).put("declared", Declared.ACTIVE.word()));
    }
}
