package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.BinaryEvent;
import java.util.Arrays;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Event: one chunk of a shard's checkpoint, the complete assignment of slots to instances. Reading may start here, so
 * earlier observations can be dropped.
 *
 * <p>A released slot is reused only after a checkpoint. All chunks of a checkpoint are appended together. Layout:
 * version, generation, chunk, chunks, count, and for each entry slot, last renewal, id.
 *
 * @param bytes packed chunk; see {@link #of} and {@link #contents}
 */
@Revision("1")
@SuppressWarnings("ArrayRecordComponent") // the stored form itself: never copied, never changed
public record ShardCheckpointed(byte[] bytes) implements BinaryEvent {

    private static final byte LAYOUT = 1;

    /**
     * Slot of one instance.
     *
     * @param renewedAt the time of the last renewal, epoch milliseconds
     */
    public record Entry(int slot, long renewedAt, String id) {}

    /**
     * Contents of one chunk.
     *
     * @param generation number of checkpoints of the shard, including this one
     * @param chunk index of the chunk, 0 to {@code chunks} - 1
     * @param chunks number of chunks of the checkpoint
     */
    public record Contents(int generation, int chunk, int chunks, List<Entry> entries) {}

    /** Packs a chunk. */
    public static ShardCheckpointed of(Contents contents) {
        var out = new ByteWriter(64 + contents.entries().size() * 48);
        out.writeByte(LAYOUT);
        out.writeVarint(contents.generation());
        out.writeVarint(contents.chunk());
        out.writeVarint(contents.chunks());
        out.writeVarint(contents.entries().size());
        for (var entry : contents.entries()) {
            out.writeVarint(entry.slot());
            out.writeVarint(entry.renewedAt());
            out.writeString(entry.id());
        }
        return new ShardCheckpointed(out.toArray());
    }

    /**
     * Unpacks the chunk.
     *
     * @throws IllegalArgumentException if the bytes don't have this layout
     */
    public Contents contents() {
        var in = new ByteReader(bytes);
        in.expectLayout(LAYOUT);
        int generation = in.count();
        int chunk = in.count();
        int chunks = in.count();
        var entries = new Entry[in.countOf(3)];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Entry(in.count(), in.readVarint(), in.readString());
        }
        in.expectEnd();
        return new Contents(generation, chunk, chunks, List.of(entries));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShardCheckpointed(byte[] theirs) && Arrays.equals(bytes, theirs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
