package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.balancing.DiscoveredView;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Chooses instances of a service and puts them in order. */
final class Discovery {

    private final PanicPolicy panic;
    private final Turns turns;
    private final RandomGenerator random;

    /** @param random safe for use by many threads */
    Discovery(PanicPolicy panic, Turns turns, RandomGenerator random) {
        this.panic = panic;
        this.turns = turns;
        this.random = random;
    }

    /**
     * Answers one request.
     *
     * @param service all present instances of the service, ordered by id
     * @param limit most instances to answer, at least 1
     */
    DiscoveredView choose(List<InstanceView> service, Filters filters, Strategy strategy, int limit) {
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
                first(limit, order(candidates, filters, strategy)));
    }

    private List<InstanceView> order(List<InstanceView> candidates, Filters filters, Strategy strategy) {
        var byPreference = candidates.stream().collect(Collectors.partitioningBy(filters::prefer));
        var preferred = byPreference.getOrDefault(true, List.of());
        var others = byPreference.getOrDefault(false, List.of());
        return switch (strategy) {
            case ROUND_ROBIN -> {
                // Unknown services take no turn: whoever asks for many of them must not push out those that exist.
                long turn = candidates.size() < 2 ? 0 : turns.take(filters);
                yield joined(RoundRobin.order(preferred, turn), RoundRobin.order(others, turn));
            }
            case RANDOM ->
                joined(
                        RandomChoice.order(preferred, InstanceView::weight, random),
                        RandomChoice.order(others, InstanceView::weight, random));
            case WEIGHTED, LEAST_CONNECTIONS, CONSISTENT_HASH, IP_HASH, P2C ->
                throw new IllegalArgumentException(strategy + " is not built yet.");
        };
    }

    private static List<InstanceView> joined(List<InstanceView> preferred, List<InstanceView> others) {
        var all = new ArrayList<InstanceView>(preferred.size() + others.size());
        all.addAll(preferred);
        all.addAll(others);
        return all;
    }

    private static List<InstanceView> first(int limit, List<InstanceView> ordered) {
        return ordered.size() <= limit ? ordered : ordered.subList(0, limit);
    }
}
