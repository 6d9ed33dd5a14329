package dev.aicore.discovery.query.discovery;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Cache of one value per service and filter. Evicts by weight. Thread-safe; the values must be as well. */
final class FilterCache<V> {

    private final LoadingCache<DiscoverFilter, V> cache;

    /**
     * Creates an empty cache.
     *
     * @param maxBytes maximum size of filters and values: callers can send arbitrarily many filters
     * @param bytes estimates the memory that a value takes
     * @param first creates the initial value of a filter
     */
    FilterCache(long maxBytes, ToIntFunction<V> bytes, Supplier<V> first) {
        this.cache = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((DiscoverFilter discoverFilter, V value) -> discoverFilter.bytes() + bytes.applyAsInt(value))
                .executor(Runnable::run)
                .build(_ -> first.get());
    }

    V of(DiscoverFilter discoverFilter) {
        return cache.get(discoverFilter);
    }

    /** Updates the weight of a value that takes more memory than before. */
    void reweigh(DiscoverFilter discoverFilter, V value) {
        cache.put(discoverFilter, value);
    }

    long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }
}
