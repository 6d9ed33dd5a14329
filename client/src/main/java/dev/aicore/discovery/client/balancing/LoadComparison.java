package dev.aicore.discovery.client.balancing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Picks by calls under way in relation to weight. */
public final class LoadComparison {

    private LoadComparison() {}

    /** Returns the least loaded candidate, a random one of several; null if there is none. */
    public static <T extends PickCandidate> @Nullable T least(List<T> candidates, RandomGenerator random) {
        int size = candidates.size();
        if (size == 0) {
            return null;
        }
        int offset = random.nextInt(size);
        T best = candidates.get(offset);
        for (int i = 1; i < size; i++) {
            int place = offset + i;
            T candidate = candidates.get(place < size ? place : place - size);
            if (isLess(candidate, best)) {
                best = candidate;
            }
        }
        return best;
    }

    /**
     * Draws two different candidates at random and returns the less loaded one, so that processes which don't know each
     * other's calls don't all choose the same. Null if there is none.
     *
     * <p>Mitzenmacher, "The power of two choices in randomized load balancing", 2001.
     */
    public static <T extends PickCandidate> @Nullable T ofTwo(List<T> candidates, RandomGenerator random) {
        int size = candidates.size();
        if (size < 2) {
            return size == 0 ? null : candidates.get(0);
        }
        int drawn = random.nextInt(size);
        int next = random.nextInt(size - 1);
        T one = candidates.get(drawn);
        T other = candidates.get(next < drawn ? next : next + 1);
        return isLess(other, one) ? other : one;
    }

    /** Compares the load that a further call would cause: idle candidates differ by their weights. */
    private static boolean isLess(PickCandidate less, PickCandidate than) {
        return (less.load() + 1) * than.weight() < (than.load() + 1) * less.weight();
    }
}
