package dev.aicore.discovery.eventstore;

import java.sql.SQLException;
import org.axonframework.common.AxonTransientException;
import org.jspecify.annotations.Nullable;

/** Signals that the store can't be reached or is too slow. A later attempt may succeed. */
public final class StoreUnavailableException extends AxonTransientException {

    private final boolean outcomeUnknown;
    private final boolean full;

    StoreUnavailableException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        this(message, outcomeUnknown, false, cause);
    }

    private StoreUnavailableException(String message, boolean outcomeUnknown, boolean full, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
        this.full = full;
    }

    /** Creates the exception for a failed read, or for an append that certainly changed nothing. */
    public static StoreUnavailableException nothingDone(String message, @Nullable Throwable cause) {
        return new StoreUnavailableException(message, false, cause);
    }

    /** Creates the exception for an append that is refused for lack of space; nothing was appended. */
    static StoreUnavailableException full(String message) {
        return new StoreUnavailableException(message, false, true, null);
    }

    /** Returns true if an append may or may not have become durable; false if it certainly hasn't. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** Returns true if the database, or its volume, has no space for more events. */
    public boolean isFull() {
        for (Throwable cause = this; cause != null; cause = cause.getCause()) {
            if ((cause instanceof StoreUnavailableException refusal && refusal.full)
                    || (cause instanceof SQLException error && AppendErrorType.isFull(error))) {
                return true;
            }
        }
        return false;
    }
}
