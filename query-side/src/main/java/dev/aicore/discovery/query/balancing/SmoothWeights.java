package dev.aicore.discovery.query.balancing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Smooth weighted round robin, as nginx does it: each call every candidate gains its weight, and the richest pays the sum of
 * all. Over as many calls as that sum each is first exactly as often as its weight, and the heavy ones are spread between
 * the light. For use by many threads.
 */
final class SmoothWeights {

    /** Nodes that start together must not all begin with the same instance; to find each a place of its own costs no more than this. */
    private static final int MOST_STEPS_AHEAD = 10_000;

    private final RandomGenerator random;
    private final Map<String, Long> riches = new HashMap<>();
    private boolean begun;

    /** @param random says where in its cycle it begins; safe for use by many threads */
    SmoothWeights(RandomGenerator random) {
        this.random = random;
    }

    private record Rich<T>(T candidate, String id, long riches) {}

    /**
     * The candidates, richest first, so that the next best follow the pick.
     *
     * @param weight greater than 0
     */
    synchronized <T> List<T> order(List<T> candidates, Function<T, String> id, ToIntFunction<T> weight) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        forgetOthers(candidates, id);
        if (!begun) {
            begun = true;
            stepAhead(candidates, id, weight);
        }
        return turn(candidates, id, weight).stream().map(Rich::candidate).toList();
    }

    private <T> List<Rich<T>> turn(List<T> candidates, Function<T, String> id, ToIntFunction<T> weight) {
        var turn = new ArrayList<Rich<T>>(candidates.size());
        long sum = 0;
        for (T candidate : candidates) {
            int gain = weight.applyAsInt(candidate);
            var name = id.apply(candidate);
            turn.add(new Rich<>(candidate, name, riches.merge(name, (long) gain, Long::sum)));
            sum += gain;
        }
        turn.sort(Comparator.comparingLong((Rich<T> rich) -> rich.riches()).reversed());
        riches.merge(turn.getFirst().id(), -sum, Long::sum);
        return turn;
    }

    private <T> void stepAhead(List<T> candidates, Function<T, String> id, ToIntFunction<T> weight) {
        long sum = candidates.stream().mapToLong(weight::applyAsInt).sum();
        long most = Math.min(sum, MOST_STEPS_AHEAD / candidates.size() + 1);
        for (long steps = random.nextLong(most); steps > 0; steps--) {
            turn(candidates, id, weight);
        }
    }

    private <T> void forgetOthers(List<T> candidates, Function<T, String> id) {
        if (riches.isEmpty()) {
            return;
        }
        var ids = new HashSet<String>();
        candidates.forEach(candidate -> ids.add(id.apply(candidate)));
        riches.keySet().retainAll(ids);
    }
}
