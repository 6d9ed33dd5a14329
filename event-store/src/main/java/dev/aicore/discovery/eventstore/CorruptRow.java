package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * A row of the store that can't be read.
 *
 * @param table      {@code facts}, {@code observations}, {@code snapshots} or {@code previous_snapshots}
 * @param position   of the event, or of the last event in the snapshot
 * @param stream     the name of its shard, or of the book beside the shards
 * @param seq        its number there
 * @param type       as the row has it; empty if it has none
 * @param instanceId as the row has it; null if it has none
 * @param reason     why it can't be read
 */
public record CorruptRow(
        String table,
        long position,
        String stream,
        long seq,
        String type,
        @Nullable String instanceId,
        String reason) {

    static CorruptRow of(String table, StoredEvent event, String reason) {
        return new CorruptRow(
                table,
                event.position(),
                ShardPartitioner.name(event.shard()),
                event.seq(),
                event.type(),
                event.instanceId(),
                reason);
    }

    /** Whether it is a snapshot, which is made anew by itself. */
    public boolean isSnapshot() {
        return table.endsWith("snapshots");
    }
}
