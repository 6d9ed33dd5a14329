package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Instant;

/** Creates refusals of queries as of a point that doesn't exist yet. */
public final class AsOfErrors {

    private AsOfErrors() {}

    /**
     * Creates the refusal of a position beyond the store's last one. Such a position is of another store, whose events
     * will never arrive here, so the query must not wait for it.
     *
     * @param parameter parameter that contained the position
     * @param furthest last position of the store
     */
    public static RegistryException beyondStore(String parameter, long position, long furthest) {
        return new RegistryException(
                ErrorCode.OTHER_STORE,
                "The store has no position " + position + " yet; its last position is " + furthest + ".",
                new FieldError(parameter, "belongs to another store", position, "a position up to " + furthest));
    }

    /**
     * Creates the refusal of an instant in the future.
     *
     * @param parameter parameter that contained the instant
     */
    public static RegistryException inFuture(String parameter, Instant at) {
        return new RegistryException(
                ErrorCode.VALIDATION_FAILED,
                "The instant " + ApiJson.format(at) + " is in the future.",
                new FieldError(parameter, "is in the future", ApiJson.format(at), "an instant in the past"));
    }
}
