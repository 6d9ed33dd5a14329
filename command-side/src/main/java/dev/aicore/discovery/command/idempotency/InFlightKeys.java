package dev.aicore.discovery.command.idempotency;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tracks the keys whose writes are under way. There is only one writer, so no other process executes writes at the same
 * time. Thread-safe.
 */
final class InFlightKeys {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private record Name(String principal, String key) {}

    private final ConcurrentHashMap<Name, String> hashes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Integer> ofPrincipals = new ConcurrentHashMap<>();
    private final int maxKeys;
    private final int maxKeysPerPrincipal;

    /** Creates a tracker with approximate maximum numbers of keys, in total and per principal. */
    InFlightKeys(int maxKeys, int maxKeysPerPrincipal) {
        this.maxKeys = maxKeys;
        this.maxKeysPerPrincipal = maxKeysPerPrincipal;
    }

    /**
     * Acquires a key; {@link #end} releases it. After an exception the key is not acquired.
     *
     * @throws RegistryException {@code idempotency_key_in_flight}, {@code idempotency_key_reused} if the key is under
     *     way with another request, or {@code overloaded}
     */
    void begin(IdempotencyKey key) {
        if (hashes.mappingCount() >= maxKeys || ofPrincipals.getOrDefault(key.principal(), 0) >= maxKeysPerPrincipal) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED, "Too many requests with idempotency keys are under way.", RETRY_AFTER);
        }
        var present = hashes.putIfAbsent(name(key), key.requestHash());
        if (present == null) {
            ofPrincipals.merge(key.principal(), 1, Integer::sum);
            return;
        }
        if (!present.equals(key.requestHash())) {
            throw reused(key);
        }
        throw new RegistryException(
                ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT,
                "The request with the idempotency key '" + key.key() + "' is still under way.",
                RETRY_AFTER);
    }

    void end(IdempotencyKey key) {
        hashes.remove(name(key));
        ofPrincipals.computeIfPresent(key.principal(), (_, own) -> own == 1 ? null : own - 1);
    }

    static RegistryException reused(IdempotencyKey key) {
        return new RegistryException(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                "The idempotency key '" + key.key()
                        + "' was sent before with another request: another method, path,"
                        + " query, precondition or body.",
                new FieldError(
                        "Idempotency-Key", "was used with another request", key.key(), "a new key for each request"));
    }

    private static Name name(IdempotencyKey key) {
        return new Name(key.principal(), key.key());
    }
}
