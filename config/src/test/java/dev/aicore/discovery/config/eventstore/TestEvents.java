package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.Packed;
import dev.aicore.discovery.api.wire.WireType;
import dev.aicore.discovery.config.eventstore.wire.SnapshotCodec;
import java.nio.ByteBuffer;
import java.util.List;

/** Events of a small shard, in every stored form. */
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

    private TestEvents() {}

    /** About the shard: a fact of no instance. */
    record Opened(String shard) {}

    /** About an instance. Revision 1 had {@code full_name} for {@code name}. */
    record Renamed(String id, String service, String name, Envelope envelope) implements Fact {}

    /** Packed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Beats(byte[] bytes) implements Packed {}

    static final class Tally {
        long total;

        Tally(long total) {
            this.total = total;
        }
    }

    static Renamed renamed(String id, String name) {
        return new Renamed(id, "svc", name, Envelope.ofRegistry("test"));
    }

    static Beats beats(int count) {
        return new Beats(new byte[count]);
    }
}
