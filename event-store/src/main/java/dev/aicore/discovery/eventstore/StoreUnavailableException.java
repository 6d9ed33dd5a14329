package dev.aicore.discovery.eventstore;

import java.sql.SQLException;
import org.axonframework.common.AxonTransientException;
import org.jspecify.annotations.Nullable;

/** Signals that the store can't be reached or is too slow. A later attempt may succeed. */
public final class StoreUnavailableException extends AxonTransientException {

    private enum Reason {
        FAILURE,
        FULL,
        OWNED_ELSEWHERE
    }

    private final boolean outcomeUnknown;
    private final Reason reason;

    StoreUnavailableException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        this(message, outcomeUnknown, Reason.FAILURE, cause);
    }

    private StoreUnavailableException(
            String message, boolean outcomeUnknown, Reason reason, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
        this.reason = reason;
    }

    /** Creates the exception for a failed read, or for an append that certainly changed nothing. */
    public static StoreUnavailableException nothingDone(String message, @Nullable Throwable cause) {
        return new StoreUnavailableException(message, false, cause);
    }

    /** Creates the exception for an append after a failure of the database, which certainly changed nothing. */
    static StoreUnavailableException outage(SQLException cause) {
        return nothingDone("The event store is unavailable: " + cause.getMessage(), cause);
    }

    /** Creates the exception for an append that is refused for lack of space; nothing was appended. */
    static StoreUnavailableException full(String message) {
        return new StoreUnavailableException(message, false, Reason.FULL, null);
    }

    /** Creates the exception for an append or a decision of a node that doesn't own the store; nothing was done. */
    static StoreUnavailableException ownedElsewhere() {
        return new StoreUnavailableException("Another node owns the event store.", false, Reason.OWNED_ELSEWHERE, null);
    }

    /** Returns true if an append may or may not have become durable; false if it certainly hasn't. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** Returns true if the database, or its volume, has no space for more events. */
    public boolean isFull() {
        for (Throwable cause = this; cause != null; cause = cause.getCause()) {
            if ((cause instanceof StoreUnavailableException refusal && refusal.reason == Reason.FULL)
                    || (cause instanceof SQLException error && AppendErrorType.isFull(error))) {
                return true;
            }
        }
        return false;
    }

    /** Returns true if another node owns the store, so that nothing was done. */
    public boolean isOwnedElsewhere() {
        for (Throwable cause = this; cause != null; cause = cause.getCause()) {
            if (cause instanceof DeposedException
                    || (cause instanceof StoreUnavailableException refusal
                            && refusal.reason == Reason.OWNED_ELSEWHERE)) {
                return true;
            }
        }
        return false;
    }
}
