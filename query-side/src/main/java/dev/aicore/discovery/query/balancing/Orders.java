package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.balancing.Groups.Group;
import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts instances into the order of a strategy, group by group. */
final class Orders {

    private static final List<Group> USUAL = List.of(Group.values());
    private static final List<Group> TRIAL =
            List.of(Group.TRIED, Group.PREFERRED, Group.OTHERS, Group.OVERDUE, Group.LAST);

    private final RandomGenerator random;
    private final ServiceLoads loads;
    private final Remembered<Turns> turns;

    /** Orders one group. */
    private interface Order {

        List<Candidate> of(List<Candidate> some, Group group);
    }

    /**
     * Remembers nothing yet.
     *
     * @param mostBytes for remembering whose turn it is, by services and sets of filters
     * @param random safe for use by many threads
     */
    Orders(long mostBytes, ServiceLoads loads, RandomGenerator random) {
        this.loads = loads;
        this.random = random;
        this.turns = new Remembered<>(mostBytes, Turns::bytes, () -> new Turns(random));
    }

    /**
     * All of them, in order. Where the key says who comes first, those whose circuit is half open come where it says in one of ten
     * calls, and not before all others.
     *
     * @param filters what they were found by
     */
    List<Candidate> of(Groups groups, Filters filters, Strategy strategy, String key) {
        var trial = trial(groups, filters);
        var order = order(groups, filters, strategy, key, trial);
        if (trial == null) {
            return ordered(groups, USUAL, order);
        }
        return strategy.goesByKey() ? ordered(groups.trusting(filters), USUAL, order) : ordered(groups, TRIAL, order);
    }

    /** For how many services and sets of filters it remembers whose turn it is. */
    long remembered() {
        return turns.size();
    }

    /** Null unless those whose circuit is half open come first in this call; else its number among such calls. */
    private @Nullable Long trial(Groups groups, Filters filters) {
        int tried = groups.of(Group.TRIED).size();
        if (tried == 0) {
            return null;
        }
        boolean areAll = tried + groups.of(Group.LAST).size() == groups.size();
        return turns.of(filters).trial(areAll);
    }

    private Order order(Groups groups, Filters filters, Strategy strategy, String key, @Nullable Long trial) {
        if (groups.size() <= 1) {
            // Nor is anything remembered of it: whoever asks for many services that don't exist must not push out those
            // that do.
            return (some, _) -> some;
        }
        return switch (strategy) {
            case ROUND_ROBIN -> {
                var known = turns.of(filters);
                long turn = trial == null ? known.next() : known.current();
                yield (some, group) -> RoundRobin.order(some, trial != null && group == Group.TRIED ? trial : turn);
            }
            case WEIGHTED -> {
                var known = turns.of(filters);
                if (known.growsTo(groups.size())) {
                    turns.grown(filters, known);
                }
                yield (some, group) -> known.weights(group)
                        .order(some, Orders::id, Orders::weight, (trial != null) == (group == Group.TRIED));
            }
            case RANDOM -> (some, _) -> RandomChoice.order(some, Orders::weight, random);
            case CONSISTENT_HASH, IP_HASH -> (some, _) -> Rendezvous.order(some, Orders::id, Orders::weight, key);
            case LEAST_CONNECTIONS -> {
                var known = loads.of(filters.service());
                yield (some, _) -> LeastConnections.order(some, Orders::id, Orders::weight, known::load, random);
            }
            case P2C -> {
                var known = loads.of(filters.service());
                yield (some, _) -> TwoChoices.order(some, Orders::id, Orders::weight, known::load, random);
            }
        };
    }

    private static List<Candidate> ordered(Groups groups, List<Group> sequence, Order order) {
        List<Candidate> all = List.of();
        for (var group : sequence) {
            var some = groups.of(group);
            if (!some.isEmpty()) {
                var ordered = order.of(some, group);
                all = all.isEmpty() ? ordered : joined(all, ordered);
            }
        }
        return all;
    }

    private static List<Candidate> joined(List<Candidate> first, List<Candidate> then) {
        var all = new ArrayList<Candidate>(first.size() + then.size());
        all.addAll(first);
        all.addAll(then);
        return all;
    }

    private static String id(Candidate candidate) {
        return candidate.view().id();
    }

    private static int weight(Candidate candidate) {
        return candidate.view().weight();
    }
}
