package dev.aicore.discovery.query.asof;

import java.time.Instant;

/** Where the store's time ends, if what came after that isn't known here. */
public record StoreHorizon(Instant end) {

    static final StoreHorizon NONE = new StoreHorizon(Instant.MAX);

    /** That instant, or the end if it lies beyond. */
    Instant within(Instant instant) {
        return instant.isAfter(end) ? end : instant;
    }
}
