package dev.aicore.discovery.query.moment;

import java.time.Instant;

/** Where the store's time ends, if what came after that isn't known here. */
public record Horizon(Instant end) {

    static final Horizon NONE = new Horizon(Instant.MAX);

    /** That instant, or the end if it lies beyond. */
    Instant within(Instant instant) {
        return instant.isAfter(end) ? end : instant;
    }
}
