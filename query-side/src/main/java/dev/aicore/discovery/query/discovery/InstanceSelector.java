package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.balancing.PanicPolicy;
import dev.aicore.discovery.query.discovery.DiscoveryService.DiscoverResult;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;

/** Selects and orders the instances of a service. */
final class InstanceSelector {

    /** Strategy name in results of the past. */
    private static final String BY_ID = "id";

    private final PanicPolicy panic;
    private final InstanceOrdering instanceOrdering;

    InstanceSelector(PanicPolicy panic, InstanceOrdering instanceOrdering) {
        this.panic = panic;
        this.instanceOrdering = instanceOrdering;
    }

    /**
     * Selects and orders instances for one request.
     *
     * @param key for strategies that hash
     * @param limit maximum number of instances to return, at least 1
     */
    DiscoverResult select(
            ServiceSnapshot service,
            DiscoverFilter discoverFilter,
            BalancingStrategy balancingStrategy,
            String key,
            int limit) {
        var eligibleInstances =
                service.memo().get(discoverFilter, EligibleInstances.class, wanted -> eligible(service, wanted));
        var ordered = instanceOrdering.of(eligibleInstances.groups(), discoverFilter, balancingStrategy, key);
        return eligibleInstances.toResult(discoverFilter, balancingStrategy.jsonName(), ordered, limit);
    }

    /**
     * Returns the instances that a request would have received, ordered by id. Doesn't count a pick or advance the
     * rotation.
     */
    DiscoverResult list(ServiceSnapshot service, DiscoverFilter discoverFilter, int limit) {
        var eligibleInstances = eligible(service, discoverFilter);
        return eligibleInstances.toResult(discoverFilter, BY_ID, eligibleInstances.reachable(), limit);
    }

    private EligibleInstances eligible(ServiceSnapshot service, DiscoverFilter discoverFilter) {
        return EligibleInstances.of(service, discoverFilter, isPanicking(service));
    }

    private boolean isPanicking(ServiceSnapshot service) {
        return panic.panics(service.counts().inService(), service.counts().healthy());
    }
}
