package dev.aicore.discovery.query.consistency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Location of a point in time within the store.
 *
 * @param head the store's last position
 * @param lastFact position of the store's last fact; 0 if there is none
 * @param settled whether the read models reflect every fact up to the point in time
 * @param first the store's first fact; null if there is none
 * @param last last fact in the audit up to the point in time; null if there is none
 */
record AsOfLookup(
        long head,
        long lastFact,
        boolean settled,
        @Nullable Mark first,
        @Nullable Mark last) {

    /** Returns the last fact, or {@code otherwise} if there is none. */
    Mark lastOr(Mark otherwise) {
        return last == null ? otherwise : last;
    }

    /** Position of a fact, and the time at which it was recorded. */
    record Mark(long position, Instant at) {}
}
