package dev.aicore.discovery.command.retention;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The store at one moment, as far as it matters to what can be dropped.
 *
 * @param partitions the oldest ones, oldest first
 * @param count how many there are
 * @param bytes of all of them
 * @param snapshots for each shard the position of the last event that its readable snapshot contains
 * @param checkpoints for each shard the position where its last checkpoint begins
 * @param projections up to which position each of them is complete
 * @param head position of the last event
 * @param floor position from which on no observation was dropped
 * @param at when, by the clock of the database, which stamps what is recorded
 */
record StoreUsage(
        List<ObservationPartition> partitions,
        int count,
        long bytes,
        Map<Integer, Long> snapshots,
        Map<Integer, Long> checkpoints,
        Map<String, Long> projections,
        long head,
        long floor,
        Instant at) {

    StoreUsage {
        partitions = List.copyOf(partitions);
        snapshots = Map.copyOf(snapshots);
        checkpoints = Map.copyOf(checkpoints);
        projections = Map.copyOf(projections);
    }
}
