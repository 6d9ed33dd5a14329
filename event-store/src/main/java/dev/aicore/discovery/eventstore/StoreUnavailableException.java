package dev.aicore.discovery.eventstore;

import java.sql.SQLException;
import org.axonframework.common.AxonTransientException;
import org.jspecify.annotations.Nullable;

/** The store can't be reached or is too slow. Asking again later may succeed. */
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

    /** A failure to read, or an append that certainly left nothing behind. */
    public static StoreUnavailableException nothingDone(String message, @Nullable Throwable cause) {
        return new StoreUnavailableException(message, false, cause);
    }

    /** A refusal to append, since there is no room for more; nothing was done. */
    static StoreUnavailableException full(String message) {
        return new StoreUnavailableException(message, false, true, null);
    }

    /** An append may or may not have become durable; false if it certainly has not. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** The database has no room for more. */
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
