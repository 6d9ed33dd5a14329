package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.balancing.PriorityTiers.Tier;
import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts instances into the order of a strategy, group by group. */
final class InstanceOrdering {

    private static final List<Tier> USUAL = List.of(Tier.values());
    private static final List<Tier> TRIAL = List.of(Tier.TRIAL, Tier.PREFERRED, Tier.OTHERS, Tier.OVERDUE, Tier.LAST);

    private final RandomGenerator random;
    private final ServiceLoadCache loads;
    private final FilterCache<RotationState> turns;

    /** Orders one group. */
    private interface Order {

        List<Candidate> of(List<Candidate> some, Tier tier);
    }

    /**
     * Remembers nothing yet.
     *
     * @param mostBytes for remembering whose turn it is, by services and sets of filters
     * @param random safe for use by many threads
     */
    InstanceOrdering(long mostBytes, ServiceLoadCache loads, RandomGenerator random) {
        this.loads = loads;
        this.random = random;
        this.turns = new FilterCache<>(mostBytes, RotationState::bytes, () -> new RotationState(random));
    }

    /**
     * All of them, in order. Where the key says who comes first, those whose circuit is half open come where it says in one of ten
     * calls, and not before all others.
     *
     * @param discoverFilter what they were found by
     */
    List<Candidate> of(
            PriorityTiers tiers, DiscoverFilter discoverFilter, BalancingStrategy balancingStrategy, String key) {
        var trial = trial(tiers, discoverFilter);
        var order = order(tiers, discoverFilter, balancingStrategy, key, trial);
        if (trial == null) {
            return ordered(tiers, USUAL, order);
        }
        return balancingStrategy.goesByKey()
                ? ordered(tiers.trusting(discoverFilter), USUAL, order)
                : ordered(tiers, TRIAL, order);
    }

    /** For how many services and sets of filters it remembers whose turn it is. */
    long remembered() {
        return turns.size();
    }

    /** Null unless those whose circuit is half open come first in this call; else its number among such calls. */
    private @Nullable Long trial(PriorityTiers tiers, DiscoverFilter discoverFilter) {
        int tried = tiers.of(Tier.TRIAL).size();
        if (tried == 0) {
            return null;
        }
        boolean areAll = tried + tiers.of(Tier.LAST).size() == tiers.size();
        return turns.of(discoverFilter).trial(areAll);
    }

    private Order order(
            PriorityTiers tiers,
            DiscoverFilter discoverFilter,
            BalancingStrategy balancingStrategy,
            String key,
            @Nullable Long trial) {
        if (tiers.size() <= 1) {
            // Nor is anything remembered of it: whoever asks for many services that don't exist must not push out those
            // that do.
            return (some, _) -> some;
        }
        return switch (balancingStrategy) {
            case ROUND_ROBIN -> {
                var known = turns.of(discoverFilter);
                long turn = trial == null ? known.next() : known.current();
                yield (some, tier) -> RoundRobin.order(some, trial != null && tier == Tier.TRIAL ? trial : turn);
            }
            case WEIGHTED -> {
                var known = turns.of(discoverFilter);
                if (known.growsTo(tiers.size())) {
                    turns.grown(discoverFilter, known);
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
                all = all.isEmpty() ? ordered : joined(all, ordered);
            }
        }
        return all;
    }

    private static List<Candidate> joined(List<Candidate> first, List<Candidate> then) {
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
