package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.query.snapshot.Candidate;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.snapshot.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Chooses instances of a service and puts them in order. */
final class Discovery {

    /** What is said to have ordered an answer of the past. */
    private static final String BY_ID = "id";

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
        var groups = new Groups(service.candidates().size());
        return found(
                service,
                filters,
                strategy.word(),
                limit,
                candidate -> groups.add(candidate, filters),
                () -> orders.of(groups, filters, strategy, key));
    }

    /** What a request would have been answered, ordered by id: nobody is picked, and nobody's turn is over. */
    Discovered list(ServiceSnapshot service, Filters filters, int limit) {
        var all = new ArrayList<Candidate>(service.candidates().size());
        return found(service, filters, BY_ID, limit, all::add, () -> all);
    }

    private Discovered found(
            ServiceSnapshot service,
            Filters filters,
            String order,
            int limit,
            Consumer<Candidate> reachable,
            Supplier<List<Candidate>> ordered) {
        boolean panicking = panic.panics(service.tally());
        int total = 0;
        int healthy = 0;
        for (var candidate : service.candidates()) {
            var instance = candidate.view();
            if (filters.match(instance)) {
                total++;
                healthy += instance.status() == Status.HEALTHY ? 1 : 0;
                if (isReachable(instance, filters, panicking)) {
                    reachable.accept(candidate);
                }
            }
        }
        return new Discovered(filters.service(), order, total, healthy, panicking, first(limit, ordered.get()));
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
