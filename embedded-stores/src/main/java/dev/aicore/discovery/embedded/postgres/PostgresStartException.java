package dev.aicore.discovery.embedded.postgres;

import dev.aicore.discovery.embedded.process.ServerStartException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the embedded server or one of its programs couldn't be run. The message is one line with the reason and the
 * location of the log.
 */
public final class PostgresStartException extends ServerStartException {

    PostgresStartException(String message) {
        super(message, null);
    }

    PostgresStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns true if a later attempt may succeed: a port was taken at the last moment, or children of a killed server
     * are still running.
     */
    boolean isTemporary() {
        String message = String.valueOf(getMessage());
        return message.contains("could not bind") || message.contains("shared memory block");
    }
}
