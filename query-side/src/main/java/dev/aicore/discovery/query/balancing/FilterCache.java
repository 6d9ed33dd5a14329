package dev.aicore.discovery.query.balancing;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Something for each service and set of filters. What is asked for least is forgotten beyond a bound. For use by many threads;
 * what it keeps has to be, too.
 */
final class FilterCache<V> {

    private final LoadingCache<DiscoverFilter, V> cache;

    /**
     * An empty one.
     *
     * @param mostBytes of filters and of what is kept for them: anybody may invent filters without end
     * @param bytes about how much memory it takes what is kept for some filters
     * @param first makes what a set of filters begins with
     */
    FilterCache(long mostBytes, ToIntFunction<V> bytes, Supplier<V> first) {
        this.cache = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((DiscoverFilter discoverFilter, V value) -> discoverFilter.bytes() + bytes.applyAsInt(value))
                .executor(Runnable::run)
                .build(_ -> first.get());
    }

    V of(DiscoverFilter discoverFilter) {
        return cache.get(discoverFilter);
    }

    /** To be told when it takes more memory than it did. */
    void grown(DiscoverFilter discoverFilter, V value) {
        cache.put(discoverFilter, value);
    }

    long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }
}
