package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.snapshot.ServiceSnapshot;

/** Chooses instances of a service and puts them in order. */
final class InstanceSelector {

    /** What is said to have ordered an answer of the past. */
    private static final String BY_ID = "id";

    private final PanicPolicy panic;
    private final InstanceOrdering instanceOrdering;

    InstanceSelector(PanicPolicy panic, InstanceOrdering instanceOrdering) {
        this.panic = panic;
        this.instanceOrdering = instanceOrdering;
    }

    /**
     * Answers one request.
     *
     * @param key what the strategies hash that do
     * @param limit most instances to answer, at least 1
     */
    DiscoverResult choose(
            ServiceSnapshot service,
            DiscoverFilter discoverFilter,
            BalancingStrategy balancingStrategy,
            String key,
            int limit) {
        var eligibleInstances =
                service.memo().get(discoverFilter, EligibleInstances.class, wanted -> fitting(service, wanted));
        var ordered = instanceOrdering.of(eligibleInstances.groups(), discoverFilter, balancingStrategy, key);
        return eligibleInstances.answer(discoverFilter, balancingStrategy.word(), ordered, limit);
    }

    /** What a request would have been answered, ordered by id: nobody is picked, and nobody's turn is over. */
    DiscoverResult list(ServiceSnapshot service, DiscoverFilter discoverFilter, int limit) {
        var eligibleInstances = fitting(service, discoverFilter);
        return eligibleInstances.answer(discoverFilter, BY_ID, eligibleInstances.reachable(), limit);
    }

    private EligibleInstances fitting(ServiceSnapshot service, DiscoverFilter discoverFilter) {
        return EligibleInstances.of(service, discoverFilter, panic.panics(service.tally()));
    }
}
