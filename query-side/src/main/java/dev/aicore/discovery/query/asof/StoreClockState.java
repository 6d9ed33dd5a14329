package dev.aicore.discovery.query.asof;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How things are at the store.
 *
 * @param clock what the database's clock says
 * @param lastRecorded when the last event was recorded; null if there is none. Later than the clock if that was ahead then: the next event
 *     is recorded after it all the same
 * @param oldestAppend when the oldest append began that isn't committed; null if there is none
 */
record StoreClockState(
        Instant clock,
        @Nullable Instant lastRecorded,
        @Nullable Instant oldestAppend) {

    /** Returns the end of what has happened: the clock's time, or that of the last event if it is later. */
    Instant now() {
        return lastRecorded != null && lastRecorded.isAfter(clock) ? lastRecorded : clock;
    }

    /** Returns whether nothing can be recorded any more at that instant or before it. */
    boolean isBehind(Instant at) {
        if (lastRecorded != null && (at.isBefore(lastRecorded) || (isAhead(lastRecorded) && at.equals(lastRecorded)))) {
            return true;
        }
        return at.isBefore(clock) && (oldestAppend == null || at.isBefore(oldestAppend));
    }

    private boolean isAhead(Instant recorded) {
        return recorded.isAfter(clock);
    }
}
