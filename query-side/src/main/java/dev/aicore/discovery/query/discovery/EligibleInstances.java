package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.DiscoveryService.DiscoverResult;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import dev.aicore.discovery.query.discovery.snapshot.HealthCounts;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances of a service that match a filter. Shared by all callers with the same filter until the service changes.
 *
 * @param total number of matching instances, regardless of status and weight
 * @param healthy number of healthy instances among them
 * @param panic whether so few of the service's instances are healthy that unhealthy ones are returned as well
 * @param reachable instances that may be returned, ordered by id
 * @param groups the reachable instances by preference
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

    /** Returns a result with the first instances of the given order. */
    DiscoverResult toResult(DiscoverFilter discoverFilter, String strategy, List<Candidate> ordered, int limit) {
        var first = ordered.size() <= limit ? ordered : ordered.subList(0, limit);
        return new DiscoverResult(discoverFilter.service(), strategy, total, healthy, panic, first);
    }

    /** Returns true if the instance may be returned. An instance with weight 0 gets no traffic. */
    private static boolean isReachable(InstanceView instance, DiscoverFilter discoverFilter, boolean panic) {
        return instance.weight() > 0
                && (panic
                        ? HealthCounts.counts(instance)
                        : instance.status().isDiscovered(discoverFilter.unhealthyToo()));
    }
}
