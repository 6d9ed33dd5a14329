package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Row of the store that can't be read.
 *
 * @param table {@code facts}, {@code observations}, {@code snapshots} or {@code previous_snapshots}
 * @param position position of the event, or of the last event in the snapshot
 * @param stream name of the shard, or of the stream beside the shards
 * @param seq sequence number in the stream
 * @param type type name in the row; empty if the row has none
 * @param instanceId instance id in the row; null if the row has none
 * @param reason reason why the row can't be read
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

    /** Returns true if the row is a snapshot. The registry creates snapshots again automatically. */
    public boolean isSnapshot() {
        return table.endsWith("snapshots");
    }
}
