package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.query.discovery.PriorityTiers.Tier;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Orders instances by a strategy, tier by tier. */
final class InstanceOrdering {

    private static final List<Tier> DEFAULT_TIERS = List.of(Tier.values());
    private static final List<Tier> TRIAL = List.of(Tier.TRIAL, Tier.PREFERRED, Tier.OTHERS, Tier.OVERDUE, Tier.LAST);

    private final RandomGenerator random;
    private final ServiceLoadCache loads;
    private final FilterCache<RotationState> rotations;

    /** Orders one tier. */
    private interface Order {

        List<Candidate> of(List<Candidate> some, Tier tier);
    }

    /**
     * Creates an ordering without rotation states.
     *
     * @param maxBytes maximum size of the rotation states, one per service and filter
     * @param random must be thread-safe
     */
    InstanceOrdering(long maxBytes, ServiceLoadCache loads, RandomGenerator random) {
        this.loads = loads;
        this.random = random;
        this.rotations = new FilterCache<>(maxBytes, RotationState::bytes, () -> new RotationState(random));
    }

    /**
     * Returns all instances in order. With a strategy that hashes a key, instances with a half-open circuit breaker
     * take their hashed place in one of ten calls and come last in the others; they never come first only because they
     * are on trial.
     *
     * @param discoverFilter filter by which the instances were found
     */
    List<Candidate> of(
            PriorityTiers tiers, DiscoverFilter discoverFilter, BalancingStrategy balancingStrategy, String key) {
        var trial = trial(tiers, discoverFilter);
        var order = order(tiers, discoverFilter, balancingStrategy, key, trial);
        if (trial == null) {
            return ordered(tiers, DEFAULT_TIERS, order);
        }
        return balancingStrategy.isHashing()
                ? ordered(tiers.trusting(discoverFilter), DEFAULT_TIERS, order)
                : ordered(tiers, TRIAL, order);
    }

    /** Returns the number of services and filters with a rotation state. */
    long cacheSize() {
        return rotations.size();
    }

    /**
     * Returns null unless instances with a half-open circuit breaker come first in this call; otherwise the sequence
     * number of such calls.
     */
    private @Nullable Long trial(PriorityTiers tiers, DiscoverFilter discoverFilter) {
        int tried = tiers.of(Tier.TRIAL).size();
        if (tried == 0) {
            return null;
        }
        boolean areAll = tried + tiers.of(Tier.LAST).size() == tiers.size();
        return rotations.of(discoverFilter).trial(areAll);
    }

    private Order order(
            PriorityTiers tiers,
            DiscoverFilter discoverFilter,
            BalancingStrategy balancingStrategy,
            String key,
            @Nullable Long trial) {
        if (tiers.size() <= 1) {
            // Keeps no state here: requests for many services that don't exist must not evict the states of existing
            // ones.
            return (some, _) -> some;
        }
        return switch (balancingStrategy) {
            case ROUND_ROBIN -> {
                var known = rotations.of(discoverFilter);
                long turn = trial == null ? known.next() : known.current();
                yield (some, tier) -> RoundRobin.order(some, trial != null && tier == Tier.TRIAL ? trial : turn);
            }
            case WEIGHTED -> {
                var known = rotations.of(discoverFilter);
                if (known.growTo(tiers.size())) {
                    rotations.reweigh(discoverFilter, known);
                }
                yield (some, group) -> known.weights(group)
                        .order(
                                some,
                                InstanceOrdering::id,
                                InstanceOrdering::weight,
                                (trial != null) == (group == Tier.TRIAL));
            }
            case RANDOM -> (some, _) -> WeightedRandom.order(some, InstanceOrdering::weight, random);
            case CONSISTENT_HASH, IP_HASH ->
                (some, _) -> RendezvousHashing.order(some, InstanceOrdering::id, InstanceOrdering::weight, key);
            case LEAST_CONNECTIONS -> {
                var known = loads.of(discoverFilter.service());
                yield (some, _) -> LeastConnections.order(
                        some, InstanceOrdering::id, InstanceOrdering::weight, known::load, random);
            }
            case P2C -> {
                var known = loads.of(discoverFilter.service());
                yield (some, _) -> PowerOfTwoChoices.order(
                        some, InstanceOrdering::id, InstanceOrdering::weight, known::load, random);
            }
        };
    }

    private static List<Candidate> ordered(PriorityTiers tiers, List<Tier> sequence, Order order) {
        List<Candidate> all = List.of();
        for (var tier : sequence) {
            var some = tiers.of(tier);
            if (!some.isEmpty()) {
                var ordered = order.of(some, tier);
                all = all.isEmpty() ? ordered : concat(all, ordered);
            }
        }
        return all;
    }

    private static List<Candidate> concat(List<Candidate> first, List<Candidate> then) {
        var all = new ArrayList<Candidate>(first.size() + then.size());
        all.addAll(first);
        all.addAll(then);
        return all;
    }

    private static String id(Candidate candidate) {
        return candidate.view().id();
    }

    private static int weight(Candidate candidate) {
        return candidate.view().weight();
    }
}
