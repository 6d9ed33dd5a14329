package dev.aicore.discovery.readmodel.redis;

/** Redis isn't asked: there is no connection yet, or it didn't answer others a moment ago. */
public final class RedisUnavailableException extends RuntimeException {
    public RedisUnavailableException() {
        super("Redis isn't asked.", null, false, false);
    }
}
