package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.balancing.PriorityTiers;
import dev.aicore.discovery.balancing.RotationState;
import dev.aicore.discovery.balancing.TierOrdering;
import dev.aicore.discovery.balancing.TierOrdering.RotationSource;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import java.util.List;
import java.util.random.RandomGenerator;

/** Orders instances by a strategy, with one rotation state per service and filter. */
final class InstanceOrdering {

    private final FilterCache<RotationState> rotations;
    private final TierOrdering<DiscoverFilter> ordering;

    /**
     * Creates an ordering without rotation states.
     *
     * @param maxBytes maximum size of the rotation states, one per service and filter
     * @param random must be thread-safe
     */
    InstanceOrdering(long maxBytes, ServiceLoadCache loads, RandomGenerator random) {
        this.rotations = new FilterCache<>(maxBytes, RotationState::bytes, () -> new RotationState(random));
        this.ordering = new TierOrdering<>(
                new FilterRotations(rotations), discoverFilter -> loads.of(discoverFilter.service()), random);
    }

    private record FilterRotations(FilterCache<RotationState> cache) implements RotationSource<DiscoverFilter> {

        @Override
        public RotationState of(DiscoverFilter discoverFilter) {
            return cache.of(discoverFilter);
        }

        @Override
        public void grown(DiscoverFilter discoverFilter, RotationState state) {
            cache.reweigh(discoverFilter, state);
        }
    }

    /**
     * Returns all instances in order: see {@link TierOrdering#order}.
     *
     * @param discoverFilter filter by which the instances were found
     */
    List<Candidate> of(
            PriorityTiers<Candidate> tiers,
            DiscoverFilter discoverFilter,
            BalancingStrategy balancingStrategy,
            String key) {
        return ordering.order(tiers, discoverFilter, balancingStrategy, key);
    }

    /** Returns the number of services and filters with a rotation state. */
    long cacheSize() {
        return rotations.size();
    }
}
