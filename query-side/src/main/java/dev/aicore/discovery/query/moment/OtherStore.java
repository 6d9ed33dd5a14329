package dev.aicore.discovery.query.moment;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;

/** A position that isn't there: to wait for it would be to wait for the events of a store that isn't this one. */
public final class OtherStore {

    private OtherStore() {}

    /**
     * What to answer.
     *
     * @param parameter what the position was given as
     * @param furthest the store's last position
     */
    public static RegistryException refusal(String parameter, long position, long furthest) {
        return new RegistryException(
                ErrorCode.OTHER_STORE,
                "This store has no position " + position + " yet; its last one is " + furthest + ".",
                new FieldError(parameter, "is of another store", position, "a position up to " + furthest));
    }
}
