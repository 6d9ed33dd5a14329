package dev.aicore.discovery.query.cache;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The last thing that somebody made of a snapshot, for whoever asks for the same: most callers of a service do. It goes when the snapshot goes. */
public final class LastValueCache {

    private record CachedValue(Object of, Object what) {}

    private volatile @Nullable CachedValue last;

    /**
     * What was made last, if it was of an equal key; else it is made now, by some at the same time perhaps.
     *
     * @param make always makes the same of the same; what it makes is never changed
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
