package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.api.shard.Shards;
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
public record DamagedRow(
        String table,
        long position,
        String stream,
        long seq,
        String type,
        @Nullable String instanceId,
        String reason) {

    static DamagedRow of(String table, StoredEntry entry, String reason) {
        return new DamagedRow(
                table,
                entry.position(),
                Shards.name(entry.shard()),
                entry.seq(),
                entry.type(),
                entry.instanceId(),
                reason);
    }

    /** Whether it is a snapshot, which is made anew by itself. */
    public boolean isSnapshot() {
        return table.endsWith("snapshots");
    }
}
