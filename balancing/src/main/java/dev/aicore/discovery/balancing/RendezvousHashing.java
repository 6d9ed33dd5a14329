package dev.aicore.discovery.balancing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Weighted rendezvous hashing: each key ranks the candidates independently. If a candidate leaves, only its own keys
 * move; each candidate gets a share of the keys in proportion to its weight. All nodes compute the same ranking without
 * communication.
 *
 * <p>Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998; weights as in Schindelhauer and
 * Schomaker, "Weighted distributed hash tables", 2005.
 */
public final class RendezvousHashing {

    /** Distance between the numbers drawn: a double represents 2^53 evenly spaced numbers between 0 and 1. */
    private static final double STEP = 0x1p-53;

    private RendezvousHashing() {}

    /**
     * Returns the candidates in the order of their rank for the key.
     *
     * @param weight greater than 0
     */
    public static <T> List<T> order(
            List<T> candidates, Function<? super T, String> id, ToIntFunction<? super T> weight, String key) {
        record Ranked<T>(T candidate, double rank) {}
        var ranked = new ArrayList<Ranked<T>>(candidates.size());
        for (T candidate : candidates) {
            ranked.add(new Ranked<>(candidate, rank(key, id.apply(candidate), weight.applyAsInt(candidate))));
        }
        ranked.sort(Comparator.comparingDouble(Ranked::rank));
        return ranked.stream().map(Ranked::candidate).toList();
    }

    /**
     * Returns the first candidate in the order of the key; null if there is none.
     *
     * @param weight greater than 0
     */
    public static <T> @Nullable T first(
            List<T> candidates, Function<? super T, String> id, ToIntFunction<? super T> weight, String key) {
        T first = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (T candidate : candidates) {
            double rank = rank(key, id.apply(candidate), weight.applyAsInt(candidate));
            if (rank < lowest) {
                lowest = rank;
                first = candidate;
            }
        }
        return first;
    }

    private static double rank(String key, String id, int weight) {
        return -Math.log(between0And1(key, id)) / weight;
    }

    /** Returns a number greater than 0 and less than 1. The separator occurs in neither keys nor ids. */
    private static double between0And1(String key, String id) {
        long hash = Murmur3Hash.first64((key + '\n' + id).getBytes(UTF_8));
        return ((hash >>> 11) + 0.5) * STEP;
    }
}
