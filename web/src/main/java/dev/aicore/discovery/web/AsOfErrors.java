package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Instant;

/** What to answer to those who ask about a moment that hasn't been. */
public final class AsOfErrors {

    private AsOfErrors() {}

    /**
     * A position that isn't there: to wait for it would be to wait for the events of a store that isn't this one.
     *
     * @param parameter what the position was given as
     * @param furthest the store's last position
     */
    public static RegistryException inThisStore(String parameter, long position, long furthest) {
        return new RegistryException(
                ErrorCode.OTHER_STORE,
                "This store has no position " + position + " yet; its last one is " + furthest + ".",
                new FieldError(parameter, "is of another store", position, "a position up to " + furthest));
    }

    /**
     * An instant that lies ahead.
     *
     * @param parameter what it was given as
     */
    public static RegistryException yet(String parameter, Instant at) {
        return new RegistryException(
                ErrorCode.VALIDATION_FAILED,
                "What will be isn't known: " + ApiJson.text(at) + " lies in the future.",
                new FieldError(parameter, "lies in the future", ApiJson.text(at), "a moment that has passed"));
    }
}
