package dev.aicore.discovery.balancing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Draws without replacement, each draw in proportion to weight: of weights 3 and 1 the first is drawn first in three of
 * four calls.
 */
public final class WeightedRandom {

    private WeightedRandom() {}

    /**
     * Returns the candidates in the order in which they were drawn.
     *
     * @param weight greater than 0
     */
    public static <T> List<T> order(List<T> candidates, ToIntFunction<? super T> weight, RandomGenerator random) {
        // Exponential waiting times with the weights as rates come in exactly this order.
        record Drawn<T>(T candidate, double time) {}
        var drawn = new ArrayList<Drawn<T>>(candidates.size());
        for (T candidate : candidates) {
            drawn.add(new Drawn<>(candidate, random.nextExponential() / weight.applyAsInt(candidate)));
        }
        drawn.sort(Comparator.comparingDouble(Drawn::time));
        return drawn.stream().map(Drawn::candidate).toList();
    }
}
