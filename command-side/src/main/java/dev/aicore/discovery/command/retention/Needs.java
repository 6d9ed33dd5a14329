package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.shard.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who would miss a partition.
 *
 * @param checkpoints shards with observations in it whose last checkpoint begins before its end
 * @param snapshots shards with observations in it that their snapshot doesn't contain
 * @param projections those that haven't read it to its end, and where they are
 */
record Needs(Set<Integer> checkpoints, Set<Integer> snapshots, List<String> projections) {

    static final Needs NONE = new Needs(Set.of(), Set.of(), List.of());

    private static final int MOST_TOLD = 4;

    static Needs of(Partition partition, Look look) {
        var checkpoints = new TreeSet<Integer>();
        var snapshots = new TreeSet<Integer>();
        partition.lastOf().forEach((shard, last) -> {
            if (look.checkpoints().getOrDefault(shard, -1L) < partition.to()) {
                checkpoints.add(shard);
            }
            if (look.snapshots().getOrDefault(shard, -1L) < last) {
                snapshots.add(shard);
            }
        });
        var projections = new ArrayList<String>();
        new TreeMap<>(look.projections()).forEach((name, position) -> {
            if (isBehind(position, partition)) {
                projections.add("projection " + name + " is at " + position);
            }
        });
        return new Needs(checkpoints, snapshots, projections);
    }

    boolean isNone() {
        return checkpoints.isEmpty() && snapshots.isEmpty() && projections.isEmpty();
    }

    String inWords() {
        var all = new ArrayList<>(projections);
        snapshots.forEach(shard -> all.add(Shards.name(shard) + " has no snapshot beyond it"));
        checkpoints.forEach(shard -> all.add(Shards.name(shard) + " has no checkpoint beyond it"));
        return all.size() <= MOST_TOLD
                ? String.join("; ", all)
                : String.join("; ", all.subList(0, MOST_TOLD)) + "; and " + (all.size() - MOST_TOLD) + " more";
    }

    private static boolean isBehind(long position, Partition partition) {
        return position < partition.to() - 1;
    }
}
