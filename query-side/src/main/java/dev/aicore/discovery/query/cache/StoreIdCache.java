package dev.aicore.discovery.query.cache;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Which event store this is; remembered, so that it is known while PostgreSQL is away. */
final class StoreIdCache {

    private final StoreIdReader reader;
    private volatile @Nullable String known;

    StoreIdCache(StoreIdReader reader) {
        this.reader = reader;
    }

    /** Empty while there is no store; fails while it isn't known and PostgreSQL can't be asked. */
    Mono<String> get() {
        return Mono.defer(() -> {
            var remembered = known;
            return remembered == null ? reader.incarnation().doOnNext(read -> known = read) : Mono.just(remembered);
        });
    }

    /** Asks again the next time: there are documents of another store, and perhaps that is the right one by now. */
    void forget() {
        known = null;
    }
}
