package dev.aicore.discovery.eventstore.wire;

import java.util.function.Consumer;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upcasts an event of a past revision to the next revision by adding fields with the values that were implicit before.
 */
final class DefaultFieldsUpcaster extends SingleEventUpcaster {

    private final SimpleSerializedType from;
    private final SimpleSerializedType to;
    private final Consumer<ObjectNode> added;

    DefaultFieldsUpcaster(String event, int revision, Consumer<ObjectNode> added) {
        this.from = new SimpleSerializedType(event, Integer.toString(revision));
        this.to = new SimpleSerializedType(event, Integer.toString(revision + 1));
        this.added = added;
    }

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(from);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(to, JsonNode.class, json -> {
            added.accept((ObjectNode) json);
            return json;
        });
    }
}
