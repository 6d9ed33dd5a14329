package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.RegistryException;
import reactor.core.publisher.Mono;

/** What a caller was let in by: it may end while the caller is being answered. */
@FunctionalInterface
public interface CredentialValidity {

    /** Of callers whom nobody asked who they are. */
    CredentialValidity ENDLESS = () -> {};

    /**
     * Lets the caller be told more. Never blocks.
     *
     * @throws RegistryException {@code unauthorized} if it has ended, {@code not_ready} if that isn't known
     */
    void require();

    /** Whether the caller may be told more. */
    default boolean holds() {
        try {
            require();
            return true;
        } catch (RegistryException ended) {
            return false;
        }
    }

    /** What the caller is told once it is there; fails as {@link #require} does. */
    default <T> Mono<T> over(Mono<T> told) {
        return told.doOnNext(_ -> require());
    }
}
