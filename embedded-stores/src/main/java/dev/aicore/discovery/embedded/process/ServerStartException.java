package dev.aicore.discovery.embedded.process;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if an embedded server couldn't be run. The message is one line with the reason and the location of the log.
 */
public abstract class ServerStartException extends IllegalStateException {

    protected ServerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
