package dev.aicore.discovery.eventstore;

import org.axonframework.common.AxonNonTransientException;

/**
 * Events that were asked for have been dropped by retention. What is left is never passed off as the whole.
 *
 * <p>Its code in answers and logs is {@value #CODE}.
 */
public final class HistoryCompactedException extends AxonNonTransientException {

    public static final String CODE = "history_compacted";

    HistoryCompactedException(String shard, long wanted, long found) {
        super(CODE + ": event " + wanted + " of " + shard + " is gone, the next one left is " + found
                + ", and no readable snapshot covers the gap.");
    }

    /** Of a reader of all events: what it is to read next begins below the floor. */
    HistoryCompactedException(long after, long floor) {
        super(CODE + ": the observations below position " + floor + " are gone, and events beyond " + after
                + " were asked for.");
    }
}
