package dev.aicore.discovery.query.balancing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * The least loaded first, in the order of their loads; equal loads in random order. Where each pick adds to the load before the
 * next one, of N equal candidates each is first exactly k times in N × k calls. One whose load nobody knows is taken for as loaded
 * as one of the others, drawn anew each time, so that of equal ones it gets about as many picks.
 */
final class LeastConnections {

    private LeastConnections() {}

    /** Tells loads. */
    @FunctionalInterface
    interface LoadOf {
        /** What nobody knows. */
        double UNKNOWN = Double.NaN;

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
        var told = loadsOf(candidates, id, weight, loads, random);
        var loaded = new ArrayList<Loaded<T>>(told.length);
        for (int i = 0; i < told.length; i++) {
            loaded.add(new Loaded<>(candidates.get(i), told[i], random.nextInt()));
        }
        loaded.sort(Comparator.comparingDouble((Loaded<T> one) -> one.load()).thenComparingInt(Loaded::lot));
        return loaded.stream().map(Loaded::candidate).toList();
    }

    private static <T> double[] loadsOf(
            List<T> candidates, Function<T, String> id, ToIntFunction<T> weight, LoadOf loads, RandomGenerator random) {
        var told = new double[candidates.size()];
        int unknown = 0;
        for (int i = 0; i < told.length; i++) {
            T candidate = candidates.get(i);
            told[i] = loads.load(id.apply(candidate), weight.applyAsInt(candidate));
            unknown += Double.isNaN(told[i]) ? 1 : 0;
        }
        // Where none is known, all are equal.
        return unknown == 0 || unknown == told.length ? told : drawn(told, random);
    }

    private static double[] drawn(double[] told, RandomGenerator random) {
        var known = Arrays.stream(told).filter(load -> !Double.isNaN(load)).toArray();
        return Arrays.stream(told)
                .map(load -> Double.isNaN(load) ? known[random.nextInt(known.length)] : load)
                .toArray();
    }
}
