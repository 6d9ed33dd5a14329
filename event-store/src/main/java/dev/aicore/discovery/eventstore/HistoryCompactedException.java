package dev.aicore.discovery.eventstore;

import org.axonframework.common.AxonNonTransientException;

/**
 * Signals that retention has dropped some of the requested events. The remaining events are never returned as if they
 * were the whole.
 *
 * <p>The error code in answers and logs is {@value #CODE}.
 */
public final class HistoryCompactedException extends AxonNonTransientException {

    public static final String CODE = "history_compacted";

    HistoryCompactedException(String shard, long wanted, long found) {
        super(CODE + ": event " + wanted + " of " + shard + " is missing, the next stored event is " + found
                + ", and no readable snapshot covers the gap.");
    }

    /** Creates the exception for a reader of all events whose next position is below the floor. */
    HistoryCompactedException(long after, long floor) {
        super(CODE + ": the observations below position " + floor + " were dropped, and events after " + after
                + " were requested.");
    }
}
