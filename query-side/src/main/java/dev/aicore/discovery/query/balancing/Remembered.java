package dev.aicore.discovery.query.balancing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Something for each service and set of filters. What was asked for longest ago is forgotten beyond a bound. For use by many
 * threads; what it keeps has to be, too.
 */
final class Remembered<V> {

    private final Supplier<V> first;
    private final LinkedHashMap<Filters, V> kept;

    /**
     * An empty one.
     *
     * @param bound most sets of filters that are remembered
     * @param first makes what a set of filters begins with
     */
    Remembered(int bound, Supplier<V> first) {
        this.first = first;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Filters, V> eldest) {
                return size() > bound;
            }
        };
    }

    synchronized V of(Filters filters) {
        return kept.computeIfAbsent(filters, _ -> first.get());
    }

    synchronized int size() {
        return kept.size();
    }
}
