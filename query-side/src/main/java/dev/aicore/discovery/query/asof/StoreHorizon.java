package dev.aicore.discovery.query.asof;

import java.time.Instant;

/** Latest instant that this process knows the store's history of; later events are unknown to it. */
public record StoreHorizon(Instant end) {

    static final StoreHorizon NONE = new StoreHorizon(Instant.MAX);

    /** Returns the instant, or the horizon's end if the instant is later. */
    Instant within(Instant instant) {
        return instant.isAfter(end) ? end : instant;
    }
}
