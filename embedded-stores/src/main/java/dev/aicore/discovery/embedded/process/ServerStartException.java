package dev.aicore.discovery.embedded.process;

import org.jspecify.annotations.Nullable;

/** A server of our own couldn't be run. The message is one line that says why and where to read more. */
public abstract class ServerStartException extends IllegalStateException {

    protected ServerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
