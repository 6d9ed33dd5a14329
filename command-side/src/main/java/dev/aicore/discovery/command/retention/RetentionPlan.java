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
record RetentionPlan(List<Verdict> verdicts) {

    /**
     * What becomes of a partition.
     *
     * @param reason in words
     * @param checkpoints shards that must take one before it can be dropped
     * @param snapshots shards that must be snapshot before that
     */
    record Verdict(
            Partition partition, boolean drop, String reason, Set<Integer> checkpoints, Set<Integer> snapshots) {}

    RetentionPlan {
        verdicts = List.copyOf(verdicts);
    }

    static RetentionPlan of(Look look, RetentionSettings settings) {
        var verdicts = new ArrayList<Verdict>();
        long left = look.bytes();
        boolean kept = false;
        for (var partition : look.partitions()) {
            var wanted = whyDropped(partition, look, left, settings);
            if (wanted == null) {
                verdicts.add(keep(partition, whyKept(partition, look, kept, settings), Needs.NONE));
                kept = true;
                continue;
            }
            left -= partition.bytes();
            var needs = Needs.of(partition, look);
            if (kept) {
                verdicts.add(keep(partition, "an older one is kept", needs));
            } else if (needs.isNone()) {
                verdicts.add(new Verdict(partition, true, wanted, Set.of(), Set.of()));
            } else {
                verdicts.add(keep(partition, needs.inWords(), needs));
                kept = true;
            }
        }
        return new RetentionPlan(verdicts);
    }

    /** Those to be dropped, oldest first. */
    List<Verdict> drops() {
        return verdicts.stream().filter(Verdict::drop).toList();
    }

    /** Shards that must take a checkpoint before all that is old can be dropped. */
    Set<Integer> checkpoints() {
        var shards = new TreeSet<Integer>();
        verdicts.forEach(verdict -> shards.addAll(verdict.checkpoints()));
        return shards;
    }

    /** The same of snapshots. */
    Set<Integer> snapshots() {
        var shards = new TreeSet<Integer>();
        verdicts.forEach(verdict -> shards.addAll(verdict.snapshots()));
        return shards;
    }

    /** Null if nobody wants it to be. */
    private static @Nullable String whyDropped(
            Partition partition, Look look, long bytesFromHere, RetentionSettings settings) {
        if (!isFull(partition, look)) {
            return null;
        }
        var last = partition.last();
        if (last == null) {
            return "nothing is in it";
        }
        if (!last.plus(settings.retention()).isAfter(look.at())) {
            return "older than " + Words.of(settings.retention());
        }
        return bytesFromHere > settings.maxBytes().toBytes()
                ? "the oldest of more than " + Words.of(settings.maxBytes())
                : null;
    }

    private static String whyKept(Partition partition, Look look, boolean olderIsKept, RetentionSettings settings) {
        if (!isFull(partition, look)) {
            return "not full: the store is at " + look.head();
        }
        return olderIsKept ? "an older one is kept" : "younger than " + Words.of(settings.retention());
    }

    /** Its last position is taken, and one beyond it: nothing can come into it any more. */
    private static boolean isFull(Partition partition, Look look) {
        return partition.to() <= look.head();
    }

    private static Verdict keep(Partition partition, String reason, Needs needs) {
        return new Verdict(partition, false, reason, needs.checkpoints(), needs.snapshots());
    }
}
