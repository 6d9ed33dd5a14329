package dev.aicore.discovery.command.retention;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * State of the store at one time, as far as it decides which partitions can be dropped.
 *
 * @param partitions oldest partitions, oldest first
 * @param count number of all partitions
 * @param bytes size of all partitions
 * @param snapshots position of the last event in each shard's readable snapshot
 * @param checkpoints position at which each shard's last checkpoint begins
 * @param projections position up to which each projection is complete
 * @param head position of the last event
 * @param floor position from which on no observation was dropped
 * @param at time of the database's clock, which also stamps recorded events
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
