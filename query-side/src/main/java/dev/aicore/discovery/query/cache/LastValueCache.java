package dev.aicore.discovery.query.cache;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Caches the last value that was computed from a snapshot, because most callers of a service request the same. The
 * value is dropped with its snapshot. Thread-safe.
 */
public final class LastValueCache {

    private record CachedValue(Object of, Object what) {}

    private volatile @Nullable CachedValue last;

    /**
     * Returns the last value if its key is equal; otherwise computes it now. Concurrent callers may compute it more
     * than once.
     *
     * @param make returns equal values for equal keys; its result is never modified
     */
    public <K, V> V get(K key, Class<V> type, Function<K, V> make) {
        var known = last;
        if (known != null && known.of().equals(key) && type.isInstance(known.what())) {
            return type.cast(known.what());
        }
        var made = make.apply(key);
        last = new CachedValue(key, made);
        return made;
    }
}
