package dev.aicore.discovery.query.balancing;

import java.util.ArrayList;
import java.util.List;

/** Takes turns: each call begins one further, so that over N × k calls each of N is first exactly k times. */
final class RoundRobin {

    private RoundRobin() {}

    /**
     * The candidates, rotated.
     *
     * @param turn of this call, any number; the next call's is one more
     */
    static <T> List<T> order(List<T> candidates, long turn) {
        if (candidates.size() < 2) {
            return List.copyOf(candidates);
        }
        int first = (int) Math.floorMod(turn, (long) candidates.size());
        var rotated = new ArrayList<T>(candidates.size());
        rotated.addAll(candidates.subList(first, candidates.size()));
        rotated.addAll(candidates.subList(0, first));
        return List.copyOf(rotated);
    }
}
