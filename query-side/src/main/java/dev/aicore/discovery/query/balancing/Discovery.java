package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.snapshot.ServiceSnapshot;

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
        var fitting = service.memo().get(filters, Fitting.class, wanted -> fitting(service, wanted));
        var ordered = orders.of(fitting.groups(), filters, strategy, key);
        return fitting.answer(filters, strategy.word(), ordered, limit);
    }

    /** What a request would have been answered, ordered by id: nobody is picked, and nobody's turn is over. */
    Discovered list(ServiceSnapshot service, Filters filters, int limit) {
        var fitting = fitting(service, filters);
        return fitting.answer(filters, BY_ID, fitting.reachable(), limit);
    }

    private Fitting fitting(ServiceSnapshot service, Filters filters) {
        return Fitting.of(service, filters, panic.panics(service.tally()));
    }
}
