package dev.aicore.discovery.command.retention;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Partition of the observations.
 *
 * @param table name of the table in the store's schema
 * @param from first position
 * @param to end position, exclusive
 * @param bytes size on disk, including indexes
 * @param first time at which its first observation was recorded; null if it is empty
 * @param last time at which its last observation was recorded; null if it is empty
 * @param lastOf position of the last observation of each shard that has any
 */
record ObservationPartition(
        String table,
        long from,
        long to,
        long bytes,
        @Nullable Instant first,
        @Nullable Instant last,
        Map<Integer, Long> lastOf) {

    ObservationPartition {
        lastOf = Map.copyOf(lastOf);
    }
}
