package dev.aicore.discovery.client.balancing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weighted rendezvous hashing: each key ranks the candidates independently, so that if one leaves, only its own keys
 * move. Every process and the registry compute the same ranks.
 *
 * <p>Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998; weights as in Schindelhauer and
 * Schomaker, "Weighted distributed hash tables", 2005.
 */
public final class RendezvousHash {

    /** Distance between the numbers drawn: a double represents 2^53 evenly spaced numbers between 0 and 1. */
    private static final double STEP = 0x1p-53;

    private static final int UNUSED_BITS = 11;

    private RendezvousHash() {}

    /** Returns the first candidate in the order of the key; null if there is none. */
    public static <T extends PickCandidate> @Nullable T first(List<T> candidates, String key) {
        T best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (T candidate : candidates) {
            double rank = rank(candidate, key);
            if (rank < lowest) {
                lowest = rank;
                best = candidate;
            }
        }
        return best;
    }

    /** Returns the candidates in the order of their rank for the key. */
    public static <T extends PickCandidate> List<T> order(List<T> candidates, String key) {
        record Ranked<T>(T candidate, double rank) {}
        return candidates.stream()
                .map(candidate -> new Ranked<>(candidate, rank(candidate, key)))
                .sorted(Comparator.comparingDouble(Ranked::rank))
                .map(Ranked::candidate)
                .toList();
    }

    private static double rank(PickCandidate candidate, String key) {
        // The separator occurs in neither keys nor ids.
        long hash = Murmur3.hash64((key + '\n' + candidate.id()).getBytes(UTF_8));
        return -Math.log(((hash >>> UNUSED_BITS) + 0.5) * STEP) / candidate.weight();
    }
}
