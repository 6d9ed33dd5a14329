package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Commands about API keys, and their outcome. */
public final class KeyCommands {

    private KeyCommands() {}

    /**
     * Issues an API key to a principal. Returns an {@link ApiKeyOutcome}.
     *
     * @param book name of the stream, {@link ApiKeyStream#NAME}
     * @param hash SHA-256 of the whole key, in hexadecimal digits
     * @param expiresAt the time of expiry; null if the key never expires
     */
    public record IssueKey(
            @TargetAggregateIdentifier @RoutingKey String book,
            String keyId,
            String principal,
            String role,
            String description,
            String hash,
            Instant issuedAt,
            @Nullable Instant expiresAt,
            EventMetadata envelope) {}

    /**
     * Replaces the secret of a key. Returns an {@link ApiKeyOutcome}.
     *
     * @param book name of the stream, {@link ApiKeyStream#NAME}
     * @param previousUntil the time until which the current secret is also accepted
     */
    public record RotateKey(
            @TargetAggregateIdentifier @RoutingKey String book,
            String keyId,
            String hash,
            Instant previousUntil,
            Instant rotatedAt,
            EventMetadata envelope) {}

    /**
     * Revokes a key with immediate effect. Returns an {@link ApiKeyOutcome}.
     *
     * @param book name of the stream, {@link ApiKeyStream#NAME}
     */
    public record RevokeKey(
            @TargetAggregateIdentifier @RoutingKey String book,
            String keyId,
            Instant revokedAt,
            EventMetadata envelope) {}

    /**
     * Records the first use of a key; a later use changes nothing. Returns an {@link ApiKeyOutcome}.
     *
     * @param book name of the stream, {@link ApiKeyStream#NAME}
     */
    public record RecordFirstUse(
            @TargetAggregateIdentifier @RoutingKey String book, String keyId, Instant usedAt, EventMetadata envelope) {}

    /** Result of a command about an API key. */
    public enum ApiKeyOutcome {
        DONE,
        /** The key's first use is already recorded. */
        ALREADY,
        /** The key does not exist, was revoked, or (for a rotation) has expired. */
        UNKNOWN,
        /** The limit of {@link ApiKeyStream#MAX_KEYS} keys is reached. */
        TOO_MANY
    }
}
