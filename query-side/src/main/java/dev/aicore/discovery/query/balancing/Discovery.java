package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.balancing.DiscoveredView;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.Status;
import java.util.List;

/** Chooses instances of a service and puts them in order. */
final class Discovery {

    private final PanicPolicy panic;
    private final Orders orders;

    Discovery(PanicPolicy panic, Orders orders) {
        this.panic = panic;
        this.orders = orders;
    }

    /**
     * Answers one request.
     *
     * @param service all present instances of the service, ordered by id
     * @param key what the strategies hash that do
     * @param limit most instances to answer, at least 1
     */
    DiscoveredView choose(List<InstanceView> service, Filters filters, Strategy strategy, String key, int limit) {
        boolean panicking = panic.panics(service);
        var asked = service.stream().filter(filters::match).toList();
        var candidates = asked.stream()
                // Weight 0 gets no traffic.
                .filter(instance -> instance.weight() > 0)
                .filter(instance -> panicking
                        ? PanicPolicy.counts(instance)
                        : instance.status().isDiscovered(filters.unhealthyToo()))
                .toList();
        long healthy = asked.stream()
                .filter(instance -> instance.status() == Status.HEALTHY)
                .count();
        return new DiscoveredView(
                filters.service(),
                strategy.word(),
                asked.size(),
                (int) healthy,
                panicking,
                first(limit, orders.of(candidates, filters, strategy, key)));
    }

    private static List<InstanceView> first(int limit, List<InstanceView> ordered) {
        return ordered.size() <= limit ? ordered : ordered.subList(0, limit);
    }
}
