package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Puts instances into the order of a strategy; those that the caller prefers come before all others. */
final class Orders {

    private final RandomGenerator random;
    private final Remembered<AtomicLong> turns;
    private final Remembered<Weights> weights;

    /** Whose turn it is among the preferred, and among the others. */
    private record Weights(SmoothWeights preferred, SmoothWeights others) {}

    /**
     * Remembers nothing yet.
     *
     * @param bound for how many services and sets of filters a strategy remembers whose turn it is
     * @param random safe for use by many threads
     */
    Orders(int bound, RandomGenerator random) {
        this.random = random;
        // Not from 0: many nodes that start together would send everybody to the same instance.
        this.turns = new Remembered<>(bound, () -> new AtomicLong(random.nextInt(Integer.MAX_VALUE)));
        this.weights = new Remembered<>(bound, () -> new Weights(new SmoothWeights(random), new SmoothWeights(random)));
    }

    /** @param candidates of a weight greater than 0 */
    List<InstanceView> of(List<InstanceView> candidates, Filters filters, Strategy strategy, String key) {
        var byPreference = candidates.stream().collect(Collectors.partitioningBy(filters::prefer));
        var preferred = byPreference.getOrDefault(true, List.of());
        var others = byPreference.getOrDefault(false, List.of());
        return switch (strategy) {
            case ROUND_ROBIN -> {
                long turn = isChoice(candidates) ? turns.of(filters).getAndIncrement() : 0;
                yield joined(preferred, others, some -> RoundRobin.order(some, turn));
            }
            case WEIGHTED -> {
                if (!isChoice(candidates)) {
                    yield candidates;
                }
                var turn = weights.of(filters);
                yield joined(
                        turn.preferred().order(preferred, InstanceView::id, InstanceView::weight),
                        turn.others().order(others, InstanceView::id, InstanceView::weight));
            }
            case RANDOM -> joined(preferred, others, some -> RandomChoice.order(some, InstanceView::weight, random));
            case CONSISTENT_HASH, IP_HASH ->
                joined(preferred, others, some -> Rendezvous.order(some, InstanceView::id, InstanceView::weight, key));
            case LEAST_CONNECTIONS, P2C -> throw new IllegalArgumentException(strategy + " is not built yet.");
        };
    }

    /** Unknown services take no turn: whoever asks for many of them must not push out those that exist. */
    private static boolean isChoice(List<InstanceView> candidates) {
        return candidates.size() > 1;
    }

    private static List<InstanceView> joined(
            List<InstanceView> preferred, List<InstanceView> others, UnaryOperator<List<InstanceView>> order) {
        return joined(order.apply(preferred), order.apply(others));
    }

    private static List<InstanceView> joined(List<InstanceView> first, List<InstanceView> then) {
        var all = new ArrayList<InstanceView>(first.size() + then.size());
        all.addAll(first);
        all.addAll(then);
        return all;
    }
}
