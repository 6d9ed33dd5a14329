package dev.aicore.discovery.query.balancing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * The least loaded first, in the order of their loads; equal loads in random order. Where each pick adds to the load before the
 * next one, of N equal candidates each is first exactly k times in N × k calls.
 */
final class LeastConnections {

    private LeastConnections() {}

    /** Tells loads. */
    @FunctionalInterface
    interface LoadOf {
        /**
         * The load of a candidate, for its weight.
         *
         * @param weight greater than 0
         */
        double load(String id, int weight);
    }

    /**
     * The candidates, least loaded first.
     *
     * @param weight greater than 0
     * @param loads of each candidate, asked for once a call
     * @param random for equal loads; safe for use by many threads
     */
    static <T> List<T> order(
            List<T> candidates, Function<T, String> id, ToIntFunction<T> weight, LoadOf loads, RandomGenerator random) {
        // Loads change while one sorts: each is taken once.
        record Loaded<T>(T candidate, double load, int lot) {}
        var loaded = new ArrayList<Loaded<T>>(candidates.size());
        for (T candidate : candidates) {
            loaded.add(new Loaded<>(
                    candidate, loads.load(id.apply(candidate), weight.applyAsInt(candidate)), random.nextInt()));
        }
        loaded.sort(Comparator.comparingDouble((Loaded<T> one) -> one.load()).thenComparingInt(Loaded::lot));
        return loaded.stream().map(Loaded::candidate).toList();
    }
}
