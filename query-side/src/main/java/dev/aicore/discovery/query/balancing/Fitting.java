package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.query.snapshot.Candidate;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.snapshot.Tally;
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
record Fitting(int total, int healthy, boolean panic, List<Candidate> reachable, Groups groups) {

    static Fitting of(ServiceSnapshot service, Filters filters, boolean panic) {
        int total = 0;
        int healthy = 0;
        var reachable = new ArrayList<Candidate>();
        for (var candidate : service.candidates()) {
            var instance = candidate.view();
            if (filters.match(instance)) {
                total++;
                healthy += instance.status() == Status.HEALTHY ? 1 : 0;
                if (isReachable(instance, filters, panic)) {
                    reachable.add(candidate);
                }
            }
        }
        return new Fitting(total, healthy, panic, List.copyOf(reachable), Groups.of(reachable, filters));
    }

    /** An answer of these, in that order. */
    Discovered answer(Filters filters, String strategy, List<Candidate> ordered, int limit) {
        var first = ordered.size() <= limit ? ordered : ordered.subList(0, limit);
        return new Discovered(filters.service(), strategy, total, healthy, panic, first);
    }

    /** Weight 0 gets no traffic. */
    private static boolean isReachable(InstanceView instance, Filters filters, boolean panic) {
        return instance.weight() > 0
                && (panic ? Tally.counts(instance) : instance.status().isDiscovered(filters.unhealthyToo()));
    }
}
