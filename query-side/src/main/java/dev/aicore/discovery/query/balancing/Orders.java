package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.balancing.Groups.Group;
import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Puts instances into the order of a strategy, group by group. */
final class Orders {

    /** Those whose circuit is half open come first in one of so many calls, and last in the others. */
    private static final int TRIED_ONCE_IN = 10;

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
        var order = order(groups, filters, strategy, key);
        return joined(beforeLast(groups, filters, strategy, order), groups, Group.LAST, order);
    }

    private List<Candidate> beforeLast(Groups groups, Filters filters, Strategy strategy, Order order) {
        if (groups.of(Group.TRIED).isEmpty()) {
            return usual(groups, order);
        }
        boolean isTrial = random.nextInt(TRIED_ONCE_IN) == 0;
        if (isTrial && strategy.goesByKey()) {
            return usual(groups.trusting(filters), order);
        }
        var tried = order.of(groups.of(Group.TRIED), Group.TRIED);
        return isTrial ? joined(tried, usual(groups, order)) : joined(usual(groups, order), tried);
    }

    private Order order(Groups groups, Filters filters, Strategy strategy, String key) {
        // Unknown services take no turn: whoever asks for many of them must not push out those that exist.
        boolean isChoice = groups.size() > 1;
        return switch (strategy) {
            case ROUND_ROBIN -> {
                long turn = isChoice ? turns.of(filters).next() : 0;
                yield (some, _) -> RoundRobin.order(some, turn);
            }
            case WEIGHTED -> {
                if (!isChoice) {
                    yield (some, _) -> some;
                }
                var known = turns.of(filters);
                if (known.growsTo(groups.size())) {
                    turns.grown(filters, known);
                }
                yield (some, group) -> known.weights(group).order(some, Orders::id, Orders::weight);
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

    /** For how many services and sets of filters it remembers whose turn it is. */
    long remembered() {
        return turns.size();
    }

    private static List<Candidate> usual(Groups groups, Order order) {
        var all = order.of(groups.of(Group.PREFERRED), Group.PREFERRED);
        all = joined(all, groups, Group.OTHERS, order);
        return joined(all, groups, Group.OVERDUE, order);
    }

    private static List<Candidate> joined(List<Candidate> first, Groups groups, Group group, Order order) {
        var then = groups.of(group);
        return then.isEmpty() ? first : joined(first, order.of(then, group));
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
