package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.config.time.TimeSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Caches the first state of the event store, so that it is known while PostgreSQL is unavailable. */
final class StoreStateCache {

    private final StoreStateReader reader;
    private final TimeSource time;
    private volatile @Nullable StoreState first;
    private volatile boolean current;

    StoreStateCache(StoreStateReader reader, TimeSource time) {
        this.reader = reader;
        this.time = time;
    }

    /**
     * Returns the first state that this process read of the store. Empty while no store exists; fails while the state
     * is unknown and PostgreSQL can't be read.
     */
    Mono<StoreState> get() {
        return Mono.defer(() -> {
            var known = first;
            return known == null || !current
                    ? reader.read(time.now().toEpochMilli()).map(this::keepFirst)
                    : Mono.just(known);
        });
    }

    /**
     * Has the next call read the store's id again. Called when a document of another store was found, which may be the
     * current store by now.
     */
    void invalidate() {
        current = false;
    }

    /** Returns the first state of a store: a later one would include positions that may be assigned again by then. */
    private synchronized StoreState keepFirst(StoreState read) {
        var known = first;
        var kept = known != null && known.id().equals(read.id()) ? known : read;
        first = kept;
        current = true;
        return kept;
    }
}
