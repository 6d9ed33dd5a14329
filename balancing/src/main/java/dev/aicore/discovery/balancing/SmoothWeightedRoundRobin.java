package dev.aicore.discovery.balancing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Smooth weighted round robin as in nginx. In each call every candidate's credit grows by its weight, and the candidate
 * with the highest credit pays the sum of all weights. Over as many calls as that sum each candidate is first exactly
 * as often as its weight, with heavy candidates spread between light ones. If a weight changes, the rotation restarts,
 * because credits earned with the old weight are no longer comparable. Thread-safe.
 */
public final class SmoothWeightedRoundRobin {

    /**
     * Maximum number of initial steps. Nodes that start together must not all begin with the same instance; the bound
     * limits the cost of choosing a random start.
     */
    private static final int MAX_STEPS_AHEAD = 10_000;

    private final RandomGenerator random;

    // State of the last call's candidates, in their order.
    private String[] ids = {};
    private int[] weights = {};
    private long[] credits = {};
    private long sum;

    /**
     * Index at which the search among equal credits begins. If it were always the first, the last candidates would get
     * nothing while the rotation restarts often.
     */
    private int first;

    /**
     * Creates a rotation that begins at a random point of its cycle.
     *
     * @param random must be thread-safe
     */
    public SmoothWeightedRoundRobin(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Returns the candidates by decreasing credit, so that the next best follow the pick.
     *
     * @param weight greater than 0
     * @param isTurn whether to advance; otherwise the next call returns the same order
     */
    public synchronized <T> List<T> order(
            List<T> candidates, Function<T, String> id, ToIntFunction<T> weight, boolean isTurn) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        if (!isOf(candidates, id, weight)) {
            adopt(candidates, id, weight);
        }
        var ordered = byCredits(candidates);
        if (isTurn) {
            step();
        }
        return ordered;
    }

    private <T> List<T> byCredits(List<T> candidates) {
        record Rich<T>(T candidate, long riches) {}
        var all = new ArrayList<Rich<T>>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            int place = indexOf(i);
            all.add(new Rich<>(candidates.get(place), credits[place] + weights[place]));
        }
        all.sort(Comparator.comparingLong((Rich<T> rich) -> rich.riches()).reversed());
        return all.stream().map(Rich::candidate).toList();
    }

    private void step() {
        int richest = first;
        for (int i = 0; i < ids.length; i++) {
            int place = indexOf(i);
            credits[place] += weights[place];
            if (credits[place] > credits[richest]) {
                richest = place;
            }
        }
        credits[richest] -= sum;
    }

    private int indexOf(int number) {
        int place = first + number;
        return place < ids.length ? place : place - ids.length;
    }

    private <T> boolean isOf(List<T> candidates, Function<T, String> id, ToIntFunction<T> weight) {
        if (candidates.size() != ids.length) {
            return false;
        }
        for (int i = 0; i < ids.length; i++) {
            T candidate = candidates.get(i);
            if (weight.applyAsInt(candidate) != weights[i]
                    || !id.apply(candidate).equals(ids[i])) {
                return false;
            }
        }
        return true;
    }

    /** Adopts new candidates. Those that stay keep their credit, limited to one cycle; new ones have none. */
    private <T> void adopt(List<T> candidates, Function<T, String> id, ToIntFunction<T> weight) {
        var before = indexes();
        var weightsBefore = weights;
        var richesBefore = credits;
        reset(candidates, id, weight);
        boolean isAnew = true;
        for (int place = 0; place < ids.length; place++) {
            var was = before.get(ids[place]);
            if (was == null) {
                continue;
            }
            if (weightsBefore[was] != weights[place]) {
                begin();
                return;
            }
            credits[place] = Math.max(-sum, Math.min(sum, richesBefore[was]));
            isAnew = false;
        }
        if (isAnew) {
            begin();
        }
    }

    private Map<String, Integer> indexes() {
        var places = new HashMap<String, Integer>();
        for (int place = 0; place < ids.length; place++) {
            places.put(ids[place], place);
        }
        return places;
    }

    private <T> void reset(List<T> candidates, Function<T, String> id, ToIntFunction<T> weight) {
        ids = candidates.stream().map(id).toArray(String[]::new);
        weights = candidates.stream().mapToInt(weight).toArray();
        credits = new long[ids.length];
        sum = Arrays.stream(weights).asLongStream().sum();
        first = first % ids.length;
    }

    private void begin() {
        Arrays.fill(credits, 0);
        first = random.nextInt(ids.length);
        long max = Math.min(sum, MAX_STEPS_AHEAD / ids.length + 1);
        for (long steps = random.nextLong(max); steps > 0; steps--) {
            step();
        }
    }
}
