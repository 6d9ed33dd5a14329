package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.config.settings.RetentionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which partitions are dropped: consecutive ones from the oldest on, each of them full, not needed any more,
 * and either older than the retention or in excess of the maximum size.
 *
 * @param verdicts one decision per partition, oldest first
 */
record RetentionPlan(List<DropDecision> verdicts) {

    /**
     * Decision about a partition.
     *
     * @param reason description of the reason
     * @param checkpoints shards that must record a checkpoint before the partition can be dropped
     * @param snapshots shards that must have a newer snapshot before the partition can be dropped
     */
    record DropDecision(
            ObservationPartition partition,
            boolean drop,
            String reason,
            Set<Integer> checkpoints,
            Set<Integer> snapshots) {}

    RetentionPlan {
        verdicts = List.copyOf(verdicts);
    }

    static RetentionPlan of(StoreUsage usage, RetentionSettings settings) {
        var verdicts = new ArrayList<DropDecision>();
        long left = usage.bytes();
        boolean retained = false;
        for (var observationPartition : usage.partitions()) {
            var wanted = dropReason(observationPartition, usage, left, settings);
            if (wanted == null) {
                verdicts.add(retain(
                        observationPartition,
                        retainReason(observationPartition, usage, retained, settings),
                        RetentionBlockers.NONE));
                retained = true;
                continue;
            }
            left -= observationPartition.bytes();
            var retentionBlockers = RetentionBlockers.of(observationPartition, usage);
            if (retained) {
                verdicts.add(retain(observationPartition, "an older one is kept", retentionBlockers));
            } else if (retentionBlockers.isNone()) {
                verdicts.add(new DropDecision(observationPartition, true, wanted, Set.of(), Set.of()));
            } else {
                verdicts.add(retain(observationPartition, retentionBlockers.describe(), retentionBlockers));
                retained = true;
            }
        }
        return new RetentionPlan(verdicts);
    }

    /** Returns the partitions to drop, oldest first. */
    List<DropDecision> drops() {
        return verdicts.stream().filter(DropDecision::drop).toList();
    }

    /** Returns the shards that must record a checkpoint before all old partitions can be dropped. */
    Set<Integer> checkpoints() {
        var shards = new TreeSet<Integer>();
        verdicts.forEach(dropDecision -> shards.addAll(dropDecision.checkpoints()));
        return shards;
    }

    /** Returns the shards that must have a newer snapshot before all old partitions can be dropped. */
    Set<Integer> snapshots() {
        var shards = new TreeSet<Integer>();
        verdicts.forEach(dropDecision -> shards.addAll(dropDecision.snapshots()));
        return shards;
    }

    /** Returns the reason to drop a partition; null if it must be retained. */
    private static @Nullable String dropReason(
            ObservationPartition observationPartition,
            StoreUsage usage,
            long bytesFromHere,
            RetentionSettings settings) {
        if (!isFull(observationPartition, usage)) {
            return null;
        }
        var last = observationPartition.last();
        if (last == null) {
            return "empty";
        }
        if (!last.plus(settings.retention()).isAfter(usage.at())) {
            return "older than " + SettingValueFormatter.of(settings.retention());
        }
        return bytesFromHere > settings.maxBytes().toBytes()
                ? "oldest partition; the total exceeds " + SettingValueFormatter.of(settings.maxBytes())
                : null;
    }

    private static String retainReason(
            ObservationPartition observationPartition,
            StoreUsage usage,
            boolean olderIsKept,
            RetentionSettings settings) {
        if (!isFull(observationPartition, usage)) {
            return "not full: the store is at position " + usage.head();
        }
        return olderIsKept ? "an older one is kept" : "younger than " + SettingValueFormatter.of(settings.retention());
    }

    /** Returns true if the head has passed the partition's last position, so that nothing can be appended to it. */
    private static boolean isFull(ObservationPartition observationPartition, StoreUsage usage) {
        return observationPartition.to() <= usage.head();
    }

    private static DropDecision retain(
            ObservationPartition observationPartition, String reason, RetentionBlockers retentionBlockers) {
        return new DropDecision(
                observationPartition, false, reason, retentionBlockers.checkpoints(), retentionBlockers.snapshots());
    }
}
