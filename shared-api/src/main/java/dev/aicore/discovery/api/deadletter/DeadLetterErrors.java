package dev.aicore.discovery.api.deadletter;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;

/** Creates the errors of dead-letter requests. */
public final class DeadLetterErrors {

    private DeadLetterErrors() {}

    /** Returns the error for a position that is no dead letter, because every read model has folded the fact there. */
    public static RegistryException unknown(long position) {
        return new RegistryException(
                ErrorCode.NOT_FOUND,
                "The fact at position " + position + " is not a dead letter.",
                new FieldError(
                        "position",
                        "is not the position of a dead letter",
                        position,
                        "a position that GET /api/v1/admin/dead-letters lists"));
    }
}
