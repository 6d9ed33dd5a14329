package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.balancing.EligibilityPolicy;
import dev.aicore.discovery.balancing.PriorityTiers;
import dev.aicore.discovery.query.discovery.DiscoveryService.DiscoverResult;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
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
record EligibleInstances(
        int total, int healthy, boolean panic, List<Candidate> reachable, PriorityTiers<Candidate> groups) {

    static EligibleInstances of(ServiceSnapshot service, DiscoverFilter discoverFilter, boolean panic) {
        int total = 0;
        int healthy = 0;
        var reachable = new ArrayList<Candidate>();
        for (var candidate : service.candidates()) {
            if (discoverFilter.match(candidate.view())) {
                total++;
                healthy += candidate.status().isHealthy() ? 1 : 0;
                if (EligibilityPolicy.isEligible(candidate, panic, discoverFilter.unhealthyToo())) {
                    reachable.add(candidate);
                }
            }
        }
        return new EligibleInstances(
                total, healthy, panic, List.copyOf(reachable), PriorityTiers.of(reachable, discoverFilter.zone()));
    }

    /** Returns a result with the first instances of the given order. */
    DiscoverResult toResult(DiscoverFilter discoverFilter, String strategy, List<Candidate> ordered, int limit) {
        var first = ordered.size() <= limit ? ordered : ordered.subList(0, limit);
        return new DiscoverResult(discoverFilter.service(), strategy, total, healthy, panic, first);
    }
}
