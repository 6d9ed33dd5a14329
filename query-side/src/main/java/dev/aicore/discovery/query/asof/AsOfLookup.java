package dev.aicore.discovery.query.asof;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a moment lies in the store.
 *
 * @param head the store's last position
 * @param lastFact position of the store's last fact, 0 if there is none
 * @param settled whether the models have every fact up to the moment
 * @param first the store's first fact; null if there is none
 * @param last the last fact in the audit up to the moment; null if there is none
 */
record AsOfLookup(
        long head,
        long lastFact,
        boolean settled,
        @Nullable Mark first,
        @Nullable Mark last) {

    /** The last one; this, where there is none. */
    Mark lastOr(Mark otherwise) {
        return last == null ? otherwise : last;
    }

    /** A fact, and when it was recorded. */
    record Mark(long position, Instant at) {}
}
