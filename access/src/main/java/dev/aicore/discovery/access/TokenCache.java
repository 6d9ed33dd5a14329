package dev.aicore.discovery.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Caches the identities of verified tokens by the hashes of the tokens. Bounded by two generations: when the young one
 * is full, it replaces the old one, whose entries are dropped unless they were used in the meantime.
 */
final class TokenCache {

    /** SHA-256 of a token. */
    private record Hash(long a, long b, long c, long d) {

        static Hash of(String token) {
            var hash = ByteBuffer.wrap(sha256(token));
            return new Hash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        }
    }

    private final int maxGenerationSize;
    private volatile Map<Hash, Identity> currentGeneration = new ConcurrentHashMap<>();
    private volatile Map<Hash, Identity> previousGeneration = Map.of();

    /**
     * Creates an empty cache.
     *
     * @param maxSize maximum number of tokens; 0 disables the cache
     */
    TokenCache(int maxSize) {
        this.maxGenerationSize = (maxSize + 1) / 2;
    }

    /**
     * Returns the identity of the token; null if it isn't cached or has expired.
     *
     * @param now milliseconds since 1970
     */
    @Nullable
    Identity find(String token, long now) {
        if (maxGenerationSize == 0) {
            return null;
        }
        var hash = Hash.of(token);
        var found = currentGeneration.get(hash);
        if (found == null) {
            found = previousGeneration.get(hash);
            if (found != null) {
                put(hash, found);
            }
        }
        return found == null || found.isOver(now) ? null : found;
    }

    void put(String token, Identity identity) {
        if (maxGenerationSize > 0) {
            put(Hash.of(token), identity);
        }
    }

    int size() {
        return currentGeneration.size() + previousGeneration.size();
    }

    private void put(Hash hash, Identity identity) {
        if (currentGeneration.size() >= maxGenerationSize) {
            rotate();
        }
        currentGeneration.put(hash, identity);
    }

    private synchronized void rotate() {
        if (currentGeneration.size() >= maxGenerationSize) {
            previousGeneration = currentGeneration;
            currentGeneration = new ConcurrentHashMap<>();
        }
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
