package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

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
