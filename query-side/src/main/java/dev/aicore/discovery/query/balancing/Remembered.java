package dev.aicore.discovery.query.balancing;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.function.Supplier;

/**
 * Something for each service and set of filters. What is asked for least is forgotten beyond a bound. For use by many threads;
 * what it keeps has to be, too.
 */
final class Remembered<V> {

    private final LoadingCache<Filters, V> kept;

    /**
     * An empty one.
     *
     * @param bound most sets of filters that are remembered
     * @param first makes what a set of filters begins with
     */
    Remembered(int bound, Supplier<V> first) {
        this.kept =
                Caffeine.newBuilder().maximumSize(bound).executor(Runnable::run).build(filters -> first.get());
    }

    V of(Filters filters) {
        return kept.get(filters);
    }

    long size() {
        kept.cleanUp();
        return kept.estimatedSize();
    }
}
