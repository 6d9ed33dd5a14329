package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.snapshot.Candidate;
import dev.aicore.discovery.query.snapshot.HealthCounts;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * The instances of a service that fit a request. The same for all who ask with the same filters, until the service changes.
 *
 * @param total those that the filters let through, whatever their status and weight
 * @param healthy how many of those are healthy
 * @param panic whether so few of the service's are healthy that the unhealthy are answered, too
 * @param reachable those that may be answered, ordered by id
 * @param groups the same, by how gladly
 */
record EligibleInstances(int total, int healthy, boolean panic, List<Candidate> reachable, PriorityTiers groups) {

    static EligibleInstances of(ServiceSnapshot service, DiscoverFilter discoverFilter, boolean panic) {
        int total = 0;
        int healthy = 0;
        var reachable = new ArrayList<Candidate>();
        for (var candidate : service.candidates()) {
            var instance = candidate.view();
            if (discoverFilter.match(instance)) {
                total++;
                healthy += instance.status() == InstanceStatus.HEALTHY ? 1 : 0;
                if (isReachable(instance, discoverFilter, panic)) {
                    reachable.add(candidate);
                }
            }
        }
        return new EligibleInstances(
                total, healthy, panic, List.copyOf(reachable), PriorityTiers.of(reachable, discoverFilter));
    }

    /** An answer of these, in that order. */
    DiscoverResult answer(DiscoverFilter discoverFilter, String strategy, List<Candidate> ordered, int limit) {
        var first = ordered.size() <= limit ? ordered : ordered.subList(0, limit);
        return new DiscoverResult(discoverFilter.service(), strategy, total, healthy, panic, first);
    }

    /** Weight 0 gets no traffic. */
    private static boolean isReachable(InstanceView instance, DiscoverFilter discoverFilter, boolean panic) {
        return instance.weight() > 0
                && (panic
                        ? HealthCounts.counts(instance)
                        : instance.status().isDiscovered(discoverFilter.unhealthyToo()));
    }
}
