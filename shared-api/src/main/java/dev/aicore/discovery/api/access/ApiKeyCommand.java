package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Command about an API key. One aggregate decides all of them, in one order. */
public sealed interface ApiKeyCommand {

    /** Returns the name of the stream, {@link ApiKeyStream#NAME}. */
    String book();

    /** Returns the id of the key, which is public and is no secret. */
    String keyId();

    /** Returns the event metadata: who sends the command, from where and why. */
    EventMetadata envelope();

    /**
     * Issues an API key to a principal. Returns an {@link ApiKeyOutcome}.
     *
     * @param book name of the stream, {@link ApiKeyStream#NAME}
     * @param hash SHA-256 of the whole key, in hexadecimal digits
     * @param expiresAt the time of expiry; null if the key never expires
     */
    record IssueKey(
            @TargetAggregateIdentifier @RoutingKey String book,
            String keyId,
            String principal,
            String role,
            String description,
            String hash,
            Instant issuedAt,
            @Nullable Instant expiresAt,
            EventMetadata envelope)
            implements ApiKeyCommand {}

    /**
     * Replaces the secret of a key. Returns an {@link ApiKeyOutcome}.
     *
     * @param book name of the stream, {@link ApiKeyStream#NAME}
     * @param previousUntil the time until which the current secret is also accepted
     */
    record RotateKey(
            @TargetAggregateIdentifier @RoutingKey String book,
            String keyId,
            String hash,
            Instant previousUntil,
            Instant rotatedAt,
            EventMetadata envelope)
            implements ApiKeyCommand {}

    /**
     * Revokes a key with immediate effect. Returns an {@link ApiKeyOutcome}.
     *
     * @param book name of the stream, {@link ApiKeyStream#NAME}
     */
    record RevokeKey(
            @TargetAggregateIdentifier @RoutingKey String book, String keyId, Instant revokedAt, EventMetadata envelope)
            implements ApiKeyCommand {}

    /**
     * Ends all sessions of browsers that were started with a key. Returns an {@link ApiKeyOutcome}.
     *
     * @param book name of the stream, {@link ApiKeyStream#NAME}
     * @param endedAt sessions that were started up to this time end
     */
    record EndSessions(
            @TargetAggregateIdentifier @RoutingKey String book, String keyId, Instant endedAt, EventMetadata envelope)
            implements ApiKeyCommand {}

    /**
     * Records the first use of a key; a later use changes nothing. Returns an {@link ApiKeyOutcome}.
     *
     * @param book name of the stream, {@link ApiKeyStream#NAME}
     */
    record RecordFirstUse(
            @TargetAggregateIdentifier @RoutingKey String book, String keyId, Instant usedAt, EventMetadata envelope)
            implements ApiKeyCommand {}

    /** Result of a command about an API key. */
    enum ApiKeyOutcome {
        DONE,
        /** The key's first use is already recorded. */
        ALREADY,
        /** The key does not exist, was revoked, or (for a rotation) has expired. */
        UNKNOWN,
        /** The limit of {@link ApiKeyStream#MAX_KEYS} keys is reached. */
        TOO_MANY
    }
}
