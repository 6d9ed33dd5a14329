package dev.aicore.discovery.query.moment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How things are at the store.
 *
 * @param now by the database's clock, which says when events are recorded
 * @param oldestAppend when the oldest append began that isn't committed; null if there is none
 */
record Present(Instant now, @Nullable Instant oldestAppend) {

    /** Whether nothing can be recorded any more at that instant or before it. */
    boolean isBehind(Instant at) {
        return at.isBefore(now) && (oldestAppend == null || at.isBefore(oldestAppend));
    }
}
