package dev.aicore.discovery.command.retention;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A partition of the observations.
 *
 * @param table its name in the schema of the store
 * @param from its first position
 * @param to the first position that isn't its own
 * @param bytes on disk, with its indexes
 * @param first when the first observation in it was recorded; null if there is none
 * @param last when the last one was
 * @param lastOf for each shard that has any, the position of its last one
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
