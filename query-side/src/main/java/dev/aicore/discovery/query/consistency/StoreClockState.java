package dev.aicore.discovery.query.consistency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State of the store's clock and of its running appends.
 *
 * @param clock current time of the database
 * @param lastRecorded time at which the last event was recorded; null if there is none. May be later than the clock if
 * that was ahead before; the next event is recorded after it nevertheless
 * @param oldestAppend start of the oldest uncommitted append; null if there is none
 */
record StoreClockState(
        Instant clock,
        @Nullable Instant lastRecorded,
        @Nullable Instant oldestAppend) {

    /** Returns the store's present: the clock's time, or the time of the last event if that is later. */
    Instant now() {
        return lastRecorded != null && lastRecorded.isAfter(clock) ? lastRecorded : clock;
    }

    /** Returns true if no event can be recorded any more at or before an instant. */
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
