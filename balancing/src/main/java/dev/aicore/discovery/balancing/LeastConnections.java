package dev.aicore.discovery.balancing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Orders instances by load, lowest first; equal loads in random order. If each pick increases the load before the next
 * call, each of N equal candidates is first exactly k times in N × k calls. An unknown load is replaced by the load of
 * a random other candidate, drawn anew per call, so that a candidate with unknown load gets about as many picks as the
 * others.
 */
public final class LeastConnections {

    private LeastConnections() {}

    /** Source of loads. */
    @FunctionalInterface
    public interface LoadOf {
        /** Unknown load. */
        double UNKNOWN = Double.NaN;

        /**
         * Returns the load of a candidate in relation to its weight.
         *
         * @param weight greater than 0
         */
        double load(String id, int weight);
    }

    /**
     * Returns the candidates, least loaded first.
     *
     * @param weight greater than 0
     * @param loads requested once per candidate and call
     * @param random orders equal loads; must be thread-safe
     */
    public static <T> List<T> order(
            List<T> candidates, Function<T, String> id, ToIntFunction<T> weight, LoadOf loads, RandomGenerator random) {
        // Loads change during the sort, so each is read once.
        record Loaded<T>(T candidate, double load, int lot) {}
        var effectiveLoads = loadsOf(candidates, id, weight, loads, random);
        var loaded = new ArrayList<Loaded<T>>(effectiveLoads.length);
        for (int i = 0; i < effectiveLoads.length; i++) {
            loaded.add(new Loaded<>(candidates.get(i), effectiveLoads[i], random.nextInt()));
        }
        loaded.sort(Comparator.comparingDouble((Loaded<T> one) -> one.load()).thenComparingInt(Loaded::lot));
        return loaded.stream().map(Loaded::candidate).toList();
    }

    private static <T> double[] loadsOf(
            List<T> candidates, Function<T, String> id, ToIntFunction<T> weight, LoadOf loads, RandomGenerator random) {
        var loadPerWeight = new double[candidates.size()];
        int unknown = 0;
        for (int i = 0; i < loadPerWeight.length; i++) {
            T candidate = candidates.get(i);
            loadPerWeight[i] = loads.load(id.apply(candidate), weight.applyAsInt(candidate));
            unknown += Double.isNaN(loadPerWeight[i]) ? 1 : 0;
        }
        // If no load is known, all are equal.
        return unknown == 0 || unknown == loadPerWeight.length
                ? loadPerWeight
                : fillUnknownLoads(loadPerWeight, random);
    }

    private static double[] fillUnknownLoads(double[] loadPerCandidate, RandomGenerator random) {
        var known = Arrays.stream(loadPerCandidate)
                .filter(load -> !Double.isNaN(load))
                .toArray();
        return Arrays.stream(loadPerCandidate)
                .map(load -> Double.isNaN(load) ? known[random.nextInt(known.length)] : load)
                .toArray();
    }
}
