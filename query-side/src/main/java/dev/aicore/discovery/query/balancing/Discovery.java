package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.query.snapshot.Candidate;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.snapshot.Tally;
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
     * @param key what the strategies hash that do
     * @param limit most instances to answer, at least 1
     */
    Discovered choose(ServiceSnapshot service, Filters filters, Strategy strategy, String key, int limit) {
        boolean panicking = panic.panics(service.tally());
        var groups = new Groups(service.candidates().size());
        int total = 0;
        int healthy = 0;
        for (var candidate : service.candidates()) {
            var instance = candidate.view();
            if (filters.match(instance)) {
                total++;
                healthy += instance.status() == Status.HEALTHY ? 1 : 0;
                if (isReachable(instance, filters, panicking)) {
                    groups.add(candidate, filters);
                }
            }
        }
        var ordered = orders.of(groups, filters, strategy, key);
        return new Discovered(filters.service(), strategy.word(), total, healthy, panicking, first(limit, ordered));
    }

    /** Weight 0 gets no traffic. */
    private static boolean isReachable(InstanceView instance, Filters filters, boolean panicking) {
        return instance.weight() > 0
                && (panicking ? Tally.counts(instance) : instance.status().isDiscovered(filters.unhealthyToo()));
    }

    private static List<Candidate> first(int limit, List<Candidate> ordered) {
        return ordered.size() <= limit ? ordered : ordered.subList(0, limit);
    }
}
