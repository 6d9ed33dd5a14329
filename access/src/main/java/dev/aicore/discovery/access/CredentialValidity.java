package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.RegistryException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Validity of the credentials by which a caller was admitted. It may end while an answer is still being sent. */
@FunctionalInterface
public interface CredentialValidity {

    /** Never ends; for callers without credentials. */
    CredentialValidity UNLIMITED = () -> {};

    /**
     * Checks that the credentials are still valid, before more is sent to the caller. Never blocks.
     *
     * @throws RegistryException {@code unauthorized} if they have expired or were revoked, {@code not_ready} if that
     *     isn't known
     */
    void require();

    /** Returns the time at which the credentials expire; null if they don't, and before it they may be revoked. */
    default @Nullable Instant expiresAt() {
        return null;
    }

    /** Returns the id of the API key that the credentials are, or were issued for; null if they depend on none. */
    default @Nullable String keyId() {
        return null;
    }

    /** Returns true if the credentials are still valid. */
    default boolean isValid() {
        try {
            require();
            return true;
        } catch (RegistryException exception) {
            return false;
        }
    }

    /** Returns the same value, after a check at its arrival; fails as {@link #require} does. */
    default <T> Mono<T> validating(Mono<T> value) {
        return value.doOnNext(_ -> require());
    }
}
