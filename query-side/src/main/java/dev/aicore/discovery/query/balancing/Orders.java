package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Puts instances into the order of a strategy; those that the caller prefers come before all others. */
final class Orders {

    private final RandomGenerator random;
    private final ServiceLoads loads;
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
    Orders(int bound, ServiceLoads loads, RandomGenerator random) {
        this.loads = loads;
        this.random = random;
        // Not from 0: many nodes that start together would send everybody to the same instance.
        this.turns = new Remembered<>(bound, () -> new AtomicLong(random.nextInt(Integer.MAX_VALUE)));
        this.weights = new Remembered<>(bound, () -> new Weights(new SmoothWeights(random), new SmoothWeights(random)));
    }

    /**
     * All of them, in order; all have a weight greater than 0.
     *
     * @param filters what they were found by
     */
    List<Candidate> of(
            List<Candidate> preferred, List<Candidate> others, Filters filters, Strategy strategy, String key) {
        // Unknown services take no turn: whoever asks for many of them must not push out those that exist.
        boolean isChoice = preferred.size() + others.size() > 1;
        return switch (strategy) {
            case ROUND_ROBIN -> {
                long turn = isChoice ? turns.of(filters).getAndIncrement() : 0;
                yield joined(preferred, others, some -> RoundRobin.order(some, turn));
            }
            case WEIGHTED -> {
                if (!isChoice) {
                    yield joined(preferred, others);
                }
                var turn = weights.of(filters);
                yield joined(
                        turn.preferred().order(preferred, Orders::id, Orders::weight),
                        turn.others().order(others, Orders::id, Orders::weight));
            }
            case RANDOM -> joined(preferred, others, some -> RandomChoice.order(some, Orders::weight, random));
            case CONSISTENT_HASH, IP_HASH ->
                joined(preferred, others, some -> Rendezvous.order(some, Orders::id, Orders::weight, key));
            case LEAST_CONNECTIONS -> {
                var known = loads.of(filters.service());
                yield joined(
                        preferred,
                        others,
                        some -> LeastConnections.order(some, Orders::id, Orders::weight, known::load, random));
            }
            case P2C -> {
                var known = loads.of(filters.service());
                yield joined(
                        preferred,
                        others,
                        some -> TwoChoices.order(some, Orders::id, Orders::weight, known::load, random));
            }
        };
    }

    private static String id(Candidate candidate) {
        return candidate.view().id();
    }

    private static int weight(Candidate candidate) {
        return candidate.view().weight();
    }

    private static List<Candidate> joined(
            List<Candidate> preferred, List<Candidate> others, UnaryOperator<List<Candidate>> order) {
        return joined(order.apply(preferred), order.apply(others));
    }

    private static List<Candidate> joined(List<Candidate> first, List<Candidate> then) {
        if (then.isEmpty()) {
            return first;
        }
        var all = new ArrayList<Candidate>(first.size() + then.size());
        all.addAll(first);
        all.addAll(then);
        return all;
    }
}
