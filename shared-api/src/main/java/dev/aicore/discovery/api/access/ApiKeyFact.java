package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Event of one API key. All key events are in one stream of their own, {@link ApiKeyStream#NAME}. */
public sealed interface ApiKeyFact extends RegistryEvent {

    /** Returns the key's id, which is not secret. */
    String keyId();

    /** Returns the event metadata: who caused the fact, from where and why. */
    EventMetadata envelope();

    /** Identifies the event stream of all API keys. */
    final class ApiKeyStream {

        /** Name of the stream and of its aggregate. */
        public static final String NAME = "access";

        /** Maximum number of keys that exist at once. */
        public static final int MAX_KEYS = 10_000;

        private ApiKeyStream() {}
    }

    /**
     * Fact: a key got a new secret under the same id.
     *
     * @param hash SHA-256 of the whole new key, in hexadecimal digits
     * @param previousUntil the time until which the previous secret is also accepted
     */
    @Revision("1")
    record KeyRotated(String keyId, String hash, Instant previousUntil, Instant rotatedAt, EventMetadata envelope)
            implements ApiKeyFact {}

    /** Fact: a key was revoked. Neither the key nor a token that was issued for it is accepted any more. */
    @Revision("1")
    record KeyRevoked(String keyId, Instant revokedAt, EventMetadata envelope) implements ApiKeyFact {}

    /**
     * Fact: all sessions of browsers that were started with a key up to a time were ended. Tokens that were issued for
     * them are no longer accepted either; the key itself is.
     */
    @Revision("1")
    record SessionsEnded(String keyId, Instant endedAt, EventMetadata envelope) implements ApiKeyFact {}

    /** Fact: a key was used successfully for the first time. The metadata names the caller and its address. */
    @Revision("1")
    record KeyFirstUsed(String keyId, Instant usedAt, EventMetadata envelope) implements ApiKeyFact {}

    /**
     * Fact: an API key was issued.
     *
     * @param principal the principal that the key authenticates
     * @param role the role of a caller with this key
     * @param description purpose of the key, in words; may be empty
     * @param hash SHA-256 of the whole key, in hexadecimal digits; the key itself is not stored
     * @param expiresAt the time of expiry; null if the key never expires
     */
    @Revision("1")
    record KeyIssued(
            String keyId,
            String principal,
            String role,
            String description,
            String hash,
            Instant issuedAt,
            @Nullable Instant expiresAt,
            EventMetadata envelope)
            implements ApiKeyFact {}
}
