package dev.aicore.discovery.embedded.postgres;

import dev.aicore.discovery.embedded.process.ServerStartException;
import org.jspecify.annotations.Nullable;

/** The embedded server, or a program of it, couldn't be run. The message is one line that says why and where to read more. */
public final class PostgresStartException extends ServerStartException {

    PostgresStartException(String message) {
        super(message, null);
    }

    PostgresStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A port that was taken in the last moment, or children of a killed server that haven't noticed yet. */
    boolean isTemporary() {
        String message = String.valueOf(getMessage());
        return message.contains("could not bind") || message.contains("shared memory block");
    }
}
