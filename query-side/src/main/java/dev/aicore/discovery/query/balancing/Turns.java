package dev.aicore.discovery.query.balancing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Whose turn it is, for each service and set of filters. The ones that were asked for longest ago are forgotten beyond a bound,
 * and then begin anywhere.
 */
final class Turns {

    private final int bound;
    private final RandomGenerator random;
    private final LinkedHashMap<Filters, Long> next;

    /** @param bound most sets of filters that are remembered */
    Turns(int bound, RandomGenerator random) {
        this.bound = bound;
        this.random = random;
        this.next = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Filters, Long> eldest) {
                return size() > Turns.this.bound;
            }
        };
    }

    /** The turn of this call. */
    synchronized long take(Filters filters) {
        // Not from 0: many nodes that start together would send everybody to the same instance.
        long turn = next.computeIfAbsent(filters, first -> (long) random.nextInt(Integer.MAX_VALUE));
        next.put(filters, turn + 1);
        return turn;
    }

    synchronized int size() {
        return next.size();
    }
}
