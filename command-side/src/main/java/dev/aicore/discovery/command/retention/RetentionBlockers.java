package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Shards and projections that still need a partition.
 *
 * @param checkpoints shards with observations in the partition whose last checkpoint begins before its end
 * @param snapshots shards with observations in the partition that their snapshot does not contain
 * @param projections projections that have not read the partition to its end, with their positions
 */
record RetentionBlockers(Set<Integer> checkpoints, Set<Integer> snapshots, List<String> projections) {

    static final RetentionBlockers NONE = new RetentionBlockers(Set.of(), Set.of(), List.of());

    private static final int MAX_REPORTED = 4;

    static RetentionBlockers of(ObservationPartition observationPartition, StoreUsage usage) {
        var checkpoints = new TreeSet<Integer>();
        var snapshots = new TreeSet<Integer>();
        observationPartition.lastOf().forEach((shard, last) -> {
            if (usage.checkpoints().getOrDefault(shard, -1L) < observationPartition.to()) {
                checkpoints.add(shard);
            }
            if (usage.snapshots().getOrDefault(shard, -1L) < last) {
                snapshots.add(shard);
            }
        });
        var projections = new ArrayList<String>();
        new TreeMap<>(usage.projections()).forEach((name, position) -> {
            if (isBehind(position, observationPartition)) {
                projections.add("projection " + name + " is at " + position);
            }
        });
        return new RetentionBlockers(checkpoints, snapshots, projections);
    }

    boolean isNone() {
        return checkpoints.isEmpty() && snapshots.isEmpty() && projections.isEmpty();
    }

    String describe() {
        var all = new ArrayList<>(projections);
        snapshots.forEach(shard -> all.add(ShardPartitioner.name(shard) + " has no later snapshot"));
        checkpoints.forEach(shard -> all.add(ShardPartitioner.name(shard) + " has no later checkpoint"));
        return all.size() <= MAX_REPORTED
                ? String.join("; ", all)
                : String.join("; ", all.subList(0, MAX_REPORTED)) + "; and " + (all.size() - MAX_REPORTED) + " more";
    }

    private static boolean isBehind(long position, ObservationPartition observationPartition) {
        return position < observationPartition.to() - 1;
    }
}
