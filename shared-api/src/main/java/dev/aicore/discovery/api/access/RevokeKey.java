package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Revokes a key with immediate effect. Returns an {@link ApiKeyOutcome}.
 *
 * @param book name of the stream, {@link ApiKeyStream#NAME}
 */
public record RevokeKey(
        @TargetAggregateIdentifier @RoutingKey String book, String keyId, Instant revokedAt, EventMetadata envelope) {}
