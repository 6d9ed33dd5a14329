package dev.aicore.discovery.eventstore.axon;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Caches of the aggregates that this process decides. An entry is valid only as long as no other process has appended
 * events of its aggregate: the service that decides empties the cache when this node has claimed the store again.
 */
public final class AggregateCaches {

    private final Map<Class<?>, StrongCache> caches = new ConcurrentHashMap<>();

    /** Returns the cache of a type of aggregates. */
    public StrongCache of(Class<?> aggregateType) {
        return caches.computeIfAbsent(aggregateType, _ -> new StrongCache());
    }
}
