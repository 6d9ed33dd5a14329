package dev.aicore.discovery.query.cache;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Caches the id of the event store, so that it is known while PostgreSQL is unavailable. */
final class StoreIdCache {

    private final StoreIdReader reader;
    private volatile @Nullable String storeId;

    StoreIdCache(StoreIdReader reader) {
        this.reader = reader;
    }

    /**
     * Returns the store's id. Empty while no store exists; fails while the id is unknown and PostgreSQL can't be read.
     */
    Mono<String> get() {
        return Mono.defer(() -> {
            var remembered = storeId;
            return remembered == null ? reader.incarnation().doOnNext(read -> storeId = read) : Mono.just(remembered);
        });
    }

    /**
     * Discards the id, so that the next call reads it again. Called when a document of another store was found, which
     * may be the current store by now.
     */
    void invalidate() {
        storeId = null;
    }
}
