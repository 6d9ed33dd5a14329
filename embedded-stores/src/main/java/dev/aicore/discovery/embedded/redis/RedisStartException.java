package dev.aicore.discovery.embedded.redis;

import dev.aicore.discovery.embedded.process.ServerStartException;
import org.jspecify.annotations.Nullable;

/** The embedded Redis couldn't be run. The message is one line that says why and where to read more. */
public final class RedisStartException extends ServerStartException {

    RedisStartException(String message) {
        super(message, null);
    }

    RedisStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A port that was taken in the last moment. */
    boolean isTemporary() {
        return String.valueOf(getMessage()).contains("Address already in use");
    }
}
