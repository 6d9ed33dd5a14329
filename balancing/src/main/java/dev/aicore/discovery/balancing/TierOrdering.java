package dev.aicore.discovery.balancing;

import dev.aicore.discovery.balancing.LeastConnections.LoadOf;
import dev.aicore.discovery.balancing.PriorityTiers.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Orders instances by a strategy, tier by tier. Thread-safe.
 *
 * @param <K> key of the states that calls share, such as a service with filters
 */
public final class TierOrdering<K> {

    private static final List<Tier> DEFAULT_TIERS = List.of(Tier.values());
    private static final List<Tier> TRIAL = List.of(Tier.TRIAL, Tier.PREFERRED, Tier.OTHERS, Tier.OVERDUE, Tier.LAST);

    private final RotationSource<K> rotations;
    private final LoadSource<K> loads;
    private final RandomGenerator random;

    /**
     * Creates an ordering.
     *
     * @param random must be thread-safe
     */
    public TierOrdering(RotationSource<K> rotations, LoadSource<K> loads, RandomGenerator random) {
        this.rotations = rotations;
        this.loads = loads;
        this.random = random;
    }

    /**
     * Source of rotation states. It is used only if there is a choice.
     *
     * @param <K> see {@link TierOrdering}
     */
    public interface RotationSource<K> {

        RotationState of(K key);

        /** Called after a state has grown: see {@link RotationState#bytes}. */
        void grown(K key, RotationState state);
    }

    /**
     * Source of loads. It is used only by strategies that compare loads.
     *
     * @param <K> see {@link TierOrdering}
     */
    @FunctionalInterface
    public interface LoadSource<K> {

        LoadOf of(K key);
    }

    /** Orders one tier. */
    private interface Order<T> {

        List<T> of(List<T> some, Tier tier);
    }

    /**
     * Returns all instances in order. With a strategy that hashes a key, instances with a half-open circuit breaker
     * take their hashed place in one of ten calls and come last in the others; they never come first only because they
     * are on trial.
     *
     * @param key key of the states
     * @param hashKey key that a hashing strategy hashes
     */
    public <T extends BalancedInstance> List<T> order(
            PriorityTiers<T> tiers, K key, BalancingStrategy strategy, String hashKey) {
        var trial = trial(tiers, key);
        Order<T> order = orderOf(tiers, key, strategy, hashKey, trial);
        if (trial == null) {
            return ordered(tiers, DEFAULT_TIERS, order);
        }
        return strategy.isHashing() ? ordered(tiers.trusting(), DEFAULT_TIERS, order) : ordered(tiers, TRIAL, order);
    }

    /**
     * Returns null unless instances with a half-open circuit breaker come first in this call; otherwise the sequence
     * number of such calls.
     */
    private @Nullable Long trial(PriorityTiers<?> tiers, K key) {
        int tried = tiers.of(Tier.TRIAL).size();
        if (tried == 0) {
            return null;
        }
        boolean areAll = tried + tiers.of(Tier.LAST).size() == tiers.size();
        return rotations.of(key).trial(areAll);
    }

    private <T extends BalancedInstance> Order<T> orderOf(
            PriorityTiers<T> tiers, K key, BalancingStrategy strategy, String hashKey, @Nullable Long trial) {
        if (tiers.size() <= 1) {
            // Keeps no state here: requests for many services that don't exist must not evict the states of existing
            // ones.
            return (some, tier) -> some;
        }
        return switch (strategy) {
            case ROUND_ROBIN -> {
                var known = rotations.of(key);
                long turn = trial == null ? known.next() : known.current();
                yield (some, tier) -> RoundRobin.order(some, trial != null && tier == Tier.TRIAL ? trial : turn);
            }
            case WEIGHTED -> {
                var known = rotations.of(key);
                if (known.growTo(tiers.size())) {
                    rotations.grown(key, known);
                }
                yield (some, tier) -> known.weights(tier)
                        .order(
                                some,
                                BalancedInstance::id,
                                BalancedInstance::weight,
                                (trial != null) == (tier == Tier.TRIAL));
            }
            case RANDOM -> (some, tier) -> WeightedRandom.order(some, BalancedInstance::weight, random);
            case CONSISTENT_HASH, IP_HASH ->
                (some, tier) -> RendezvousHashing.order(some, BalancedInstance::id, BalancedInstance::weight, hashKey);
            case LEAST_CONNECTIONS -> {
                var known = loads.of(key);
                yield (some, tier) ->
                        LeastConnections.order(some, BalancedInstance::id, BalancedInstance::weight, known, random);
            }
            case P2C -> {
                var known = loads.of(key);
                yield (some, tier) ->
                        PowerOfTwoChoices.order(some, BalancedInstance::id, BalancedInstance::weight, known, random);
            }
        };
    }

    private static <T extends BalancedInstance> List<T> ordered(
            PriorityTiers<T> tiers, List<Tier> sequence, Order<T> order) {
        List<T> all = List.of();
        for (var tier : sequence) {
            var some = tiers.of(tier);
            if (!some.isEmpty()) {
                var ordered = order.of(some, tier);
                all = all.isEmpty() ? ordered : concat(all, ordered);
            }
        }
        return all;
    }

    private static <T> List<T> concat(List<T> first, List<T> then) {
        var all = new ArrayList<T>(first.size() + then.size());
        all.addAll(first);
        all.addAll(then);
        return all;
    }
}
