package dev.aicore.discovery.api.deadletter;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;

/** Facts that a read model couldn't fold. */
public final class DeadLetterErrors {

    private DeadLetterErrors() {}

    /** What whoever names a position is told if every read model has folded the fact there. */
    public static RegistryException unknown(long position) {
        return new RegistryException(
                ErrorCode.NOT_FOUND,
                "No read model lacks the fact at position " + position + ".",
                new FieldError(
                        "position",
                        "is no dead letter's",
                        position,
                        "a position that GET /api/v1/admin/dead-letters lists"));
    }
}
