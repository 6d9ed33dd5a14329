package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.BinaryEvent;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.wire.WireTypes.WireType;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import java.nio.ByteBuffer;
import java.util.List;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.node.ObjectNode;

/** Events of a small test shard, in every stored form. */
final class TestEvents {

    static final List<WireType<?>> TYPES = List.of(
            new WireType<>("Opened", 1, Opened.class, null),
            new WireType<>("Renamed", 2, Renamed.class, null),
            new WireType<>("B", 1, Beats.class, Beats::new));

    static final SnapshotCodec<Tally> TALLY = new SnapshotCodec<>(
            Tally.class,
            "Tally",
            1,
            tally -> ByteBuffer.allocate(8).putLong(tally.total).array(),
            bytes -> new Tally(ByteBuffer.wrap(bytes).getLong()));

    static final EventUpcaster RENAMED_1_TO_2 = new SingleEventUpcaster() {
        private final SerializedType from = new SimpleSerializedType("Renamed", "1");
        private final SerializedType to = new SimpleSerializedType("Renamed", "2");

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().equals(from);
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(to, ObjectNode.class, json -> {
                json.set("name", json.remove("full_name"));
                return json;
            });
        }
    };

    private TestEvents() {}

    /** Fact about the shard, without an instance. */
    record Opened(String shard) implements RegistryEvent {}

    /** Fact about an instance. Revision 1 had {@code full_name} instead of {@code name}. */
    record Renamed(String id, String service, String name, EventMetadata envelope) implements Fact {}

    /** Packed observations. */
    @SuppressWarnings("ArrayRecordComponent")
    record Beats(byte[] bytes) implements BinaryEvent {}

    static final class Tally {
        long total;

        Tally(long total) {
            this.total = total;
        }
    }

    static Renamed renamed(String id, String name) {
        return new Renamed(id, "svc", name, EventMetadata.ofRegistry("test"));
    }

    static Beats beats(int count) {
        return new Beats(new byte[count]);
    }
}
