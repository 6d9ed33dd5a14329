package dev.aicore.discovery.client.balancing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws a candidate in proportion to its weight: of weights 3 and 1 the first in three of four calls. */
public final class WeightedDraw {

    private WeightedDraw() {}

    /** Returns a candidate; null if there is none. */
    public static <T extends PickCandidate> @Nullable T draw(List<T> candidates, RandomGenerator random) {
        long sum = 0;
        for (T candidate : candidates) {
            sum += candidate.weight();
        }
        if (sum == 0) {
            return null;
        }
        long rest = random.nextLong(sum);
        for (T candidate : candidates) {
            rest -= candidate.weight();
            if (rest < 0) {
                return candidate;
            }
        }
        throw new AssertionError("The weights add up to more than their sum.");
    }
}
