package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.balancing.PanicPolicy;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Selects the instances of a service that discovery returns, for protocols with other conditions and orders. */
public final class DiscoverableInstances {

    private final PanicPolicy panic;

    DiscoverableInstances(PanicPolicy panic) {
        this.panic = panic;
    }

    /** Returns the instances that a discovery without conditions returns, ordered by id. */
    public List<InstanceView> of(ServiceSnapshot service) {
        var all = new DiscoverFilter("", null, Set.of(), Map.of(), null, false);
        return EligibleInstances.of(service, all, isPanicking(service)).reachable().stream()
                .map(Candidate::view)
                .toList();
    }

    /** Returns the same selection of a service's present instances, ordered by id. */
    public List<InstanceView> of(List<InstanceView> present, long position) {
        return of(ServiceSnapshot.of(present, position));
    }

    private boolean isPanicking(ServiceSnapshot service) {
        return panic.panics(service.counts().inService(), service.counts().healthy());
    }
}
