package dev.aicore.discovery.projection.processing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Status of a projection.
 *
 * @param position position up to which its tables are complete
 * @param head last known position of the store
 * @param lag number of events between {@code position} and {@code head}
 * @param reason reason for the failure, a stable word such as {@code newer_event}; null while it is live
 * @param detail description of the failure in a sentence; null while it is live
 * @param segments number of segments that this node processes
 * @param parked number of parked facts, including those that wait for another one
 */
public record ProjectionStatus(
        String name,
        long position,
        long head,
        long lag,
        State state,
        @Nullable String reason,
        @Nullable String detail,
        int segments,
        long parked) {

    /** State of a projection: it proceeds on its own, or it has failed. */
    public enum State {
        LIVE,
        FAILED;

        /** Returns the name in JSON. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
