package dev.aicore.discovery.embedded.redis;

import dev.aicore.discovery.embedded.process.ServerStartException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the embedded Redis couldn't be run. The message is one line with the reason and the location of the log.
 */
public final class RedisStartException extends ServerStartException {

    RedisStartException(String message) {
        super(message, null);
    }

    RedisStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns true if a port was taken at the last moment, so that a later attempt may succeed. */
    boolean isTemporary() {
        return String.valueOf(getMessage()).contains("Address already in use");
    }
}
