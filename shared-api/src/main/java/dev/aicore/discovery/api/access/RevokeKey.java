package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Ends a key at once. The answer is a {@link ApiKeyOutcome}.
 *
 * @param book {@link ApiKeyStream#NAME}
 */
public record RevokeKey(
        @TargetAggregateIdentifier @RoutingKey String book, String keyId, Instant revokedAt, EventMetadata envelope) {}
