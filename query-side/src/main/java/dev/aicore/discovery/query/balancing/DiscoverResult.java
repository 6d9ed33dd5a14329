package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.List;

/**
 * Where a service can be reached.
 *
 * @param serviceName as it was asked for
 * @param strategy what ordered {@code services}
 * @param total present instances that the filters let through, whatever their status and weight
 * @param healthy how many of those are healthy
 * @param panic whether so few of the service's instances are healthy that all are answered, the unhealthy too
 * @param services in the order to try them: the first is the pick
 */
record DiscoverResult(
        String serviceName, String strategy, int total, int healthy, boolean panic, List<Candidate> services) {

    /** Returns the same with these, in this order. */
    DiscoverResult of(List<Candidate> services) {
        return new DiscoverResult(serviceName, strategy, total, healthy, panic, services);
    }
}
