package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.config.settings.RetentionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions are dropped, and why the others aren't: a run of them from the oldest on, each full, older than the retention
 * or too much, and needed by nobody.
 *
 * @param verdicts one for each partition, oldest first
 */
record RetentionPlan(List<DropDecision> verdicts) {

    /**
     * What becomes of a partition.
     *
     * @param reason in words
     * @param checkpoints shards that must take one before it can be dropped
     * @param snapshots shards that must be snapshot before that
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
        boolean kept = false;
        for (var observationPartition : usage.partitions()) {
            var wanted = dropReason(observationPartition, usage, left, settings);
            if (wanted == null) {
                verdicts.add(keep(
                        observationPartition,
                        retainReason(observationPartition, usage, kept, settings),
                        RetentionBlockers.NONE));
                kept = true;
                continue;
            }
            left -= observationPartition.bytes();
            var retentionBlockers = RetentionBlockers.of(observationPartition, usage);
            if (kept) {
                verdicts.add(keep(observationPartition, "an older one is kept", retentionBlockers));
            } else if (retentionBlockers.isNone()) {
                verdicts.add(new DropDecision(observationPartition, true, wanted, Set.of(), Set.of()));
            } else {
                verdicts.add(keep(observationPartition, retentionBlockers.inWords(), retentionBlockers));
                kept = true;
            }
        }
        return new RetentionPlan(verdicts);
    }

    /** Those to be dropped, oldest first. */
    List<DropDecision> drops() {
        return verdicts.stream().filter(DropDecision::drop).toList();
    }

    /** Shards that must take a checkpoint before all that is old can be dropped. */
    Set<Integer> checkpoints() {
        var shards = new TreeSet<Integer>();
        verdicts.forEach(dropDecision -> shards.addAll(dropDecision.checkpoints()));
        return shards;
    }

    /** The same of snapshots. */
    Set<Integer> snapshots() {
        var shards = new TreeSet<Integer>();
        verdicts.forEach(dropDecision -> shards.addAll(dropDecision.snapshots()));
        return shards;
    }

    /** Null if nobody wants it to be. */
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
            return "nothing is in it";
        }
        if (!last.plus(settings.retention()).isAfter(usage.at())) {
            return "older than " + SettingFormat.of(settings.retention());
        }
        return bytesFromHere > settings.maxBytes().toBytes()
                ? "the oldest of more than " + SettingFormat.of(settings.maxBytes())
                : null;
    }

    private static String retainReason(
            ObservationPartition observationPartition,
            StoreUsage usage,
            boolean olderIsKept,
            RetentionSettings settings) {
        if (!isFull(observationPartition, usage)) {
            return "not full: the store is at " + usage.head();
        }
        return olderIsKept ? "an older one is kept" : "younger than " + SettingFormat.of(settings.retention());
    }

    /** Its last position is taken, and one beyond it: nothing can come into it any more. */
    private static boolean isFull(ObservationPartition observationPartition, StoreUsage usage) {
        return observationPartition.to() <= usage.head();
    }

    private static DropDecision keep(
            ObservationPartition observationPartition, String reason, RetentionBlockers retentionBlockers) {
        return new DropDecision(
                observationPartition, false, reason, retentionBlockers.checkpoints(), retentionBlockers.snapshots());
    }
}
