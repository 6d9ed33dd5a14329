package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.eventstore.DeposedException;
import dev.aicore.discovery.eventstore.IdempotencyStore.DuplicateIdempotencyKeyException;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import dev.aicore.discovery.eventstore.axon.AggregateLoadException;
import java.time.Duration;

/** Maps failures of commands to the errors that callers receive. */
public final class CommandErrors {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration RETRY_WHEN_FULL_AFTER = Duration.ofSeconds(30);

    private CommandErrors() {}

    /**
     * Returns true if the failure was caused by an idempotency key that was stored between its lookup and the append.
     * The batch was rolled back then.
     */
    public static boolean isDuplicateKey(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DuplicateIdempotencyKeyException) {
                return true;
            }
        }
        return false;
    }

    /** Returns the outcome that a caller of many commands receives for one that failed. */
    static Outcome.Refused toRefusal(Throwable failure) {
        var refusal = toRegistryException(failure);
        return new Outcome.Refused(refusal.code(), refusal.detail(), refusal.errors());
    }

    /**
     * Returns the error that a caller receives for a failure: its code, its detail and the time to wait before a retry.
     */
    public static RegistryException toRegistryException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryException exception) {
                return exception;
            }
            if (cause instanceof AggregateLoadException load) {
                return new RegistryException(
                        ErrorCode.SHARD_FAILED, load.getMessage() + " Nothing was done.", RETRY_WHEN_FULL_AFTER);
            }
            if (cause instanceof StoreUnavailableException unavailable) {
                return toRegistryException(unavailable);
            }
            if (cause instanceof DeposedException) {
                return standby();
            }
        }
        return new RegistryException(
                ErrorCode.STORE_UNAVAILABLE, "The request could not be decided. Send it again.", RETRY_AFTER);
    }

    /** Returns the error of a node that doesn't own the event store. */
    public static RegistryException standby() {
        return new RegistryException(
                ErrorCode.STANDBY,
                "Another node owns the event store at present, so nothing was done. Send the request again.",
                RETRY_AFTER);
    }

    private static RegistryException toRegistryException(StoreUnavailableException unavailable) {
        if (unavailable.outcomeUnknown()) {
            return new RegistryException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The event store did not confirm the request; whether it is stored is unknown. Send it again.",
                    RETRY_AFTER);
        }
        if (unavailable.isOwnedElsewhere()) {
            return standby();
        }
        return unavailable.isFull()
                ? new RegistryException(
                        ErrorCode.STORE_FULL,
                        "The event store has no space for the request, so nothing was done.",
                        RETRY_WHEN_FULL_AFTER)
                : new RegistryException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The event store accepts no writes now, so nothing was done. Send the request again.",
                        RETRY_AFTER);
    }
}
