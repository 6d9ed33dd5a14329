package dev.aicore.discovery.readmodel.redis;

/** Signals that a command isn't sent to Redis: there is no connection yet, or Redis failed to answer a moment ago. */
public final class RedisUnavailableException extends RuntimeException {
    public RedisUnavailableException() {
        super("Redis is unavailable; the command was not sent.", null, false, false);
    }
}
