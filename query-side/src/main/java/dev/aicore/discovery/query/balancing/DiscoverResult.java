package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.List;

/**
 * Result of a discover request.
 *
 * @param serviceName as requested
 * @param strategy name of the strategy that ordered {@code services}
 * @param total number of present instances that match the filter, regardless of status and weight
 * @param healthy number of healthy instances among them
 * @param panic whether so few of the service's instances are healthy that unhealthy ones are returned as well
 * @param services in the order in which to try them; the first is the pick
 */
record DiscoverResult(
        String serviceName, String strategy, int total, int healthy, boolean panic, List<Candidate> services) {

    /** Returns this result with the given instances, in their order. */
    DiscoverResult of(List<Candidate> services) {
        return new DiscoverResult(serviceName, strategy, total, healthy, panic, services);
    }
}
