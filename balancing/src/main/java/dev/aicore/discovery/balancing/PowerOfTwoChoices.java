package dev.aicore.discovery.balancing;

import dev.aicore.discovery.balancing.LeastConnections.LoadOf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Draws two candidates at random and puts the less loaded one first. Nodes that don't know each other's picks, or that
 * all know the same outdated loads, don't all choose the same candidate, as they would with the least loaded one. The
 * most loaded candidate is picked only if another has the same load.
 *
 * <p>Mitzenmacher, "The power of two choices in randomized load balancing", IEEE Transactions on Parallel and
 * Distributed Systems, 2001; here the two are always different.
 */
public final class PowerOfTwoChoices {

    private PowerOfTwoChoices() {}

    /**
     * Returns the pick, followed by all others, least loaded first.
     *
     * @param weight greater than 0
     * @param loads requested once per candidate and call
     * @param random must be thread-safe
     */
    public static <T> List<T> order(
            List<T> candidates, Function<T, String> id, ToIntFunction<T> weight, LoadOf loads, RandomGenerator random) {
        var byLoad = LeastConnections.order(candidates, id, weight, loads, random);
        if (byLoad.size() < 3) {
            return byLoad;
        }
        int one = random.nextInt(byLoad.size());
        int other = random.nextInt(byLoad.size() - 1);
        int pick = Math.min(one, other < one ? other : other + 1);
        var picked = new ArrayList<T>(byLoad.size());
        picked.add(byLoad.get(pick));
        picked.addAll(byLoad.subList(0, pick));
        picked.addAll(byLoad.subList(pick + 1, byLoad.size()));
        return List.copyOf(picked);
    }
}
