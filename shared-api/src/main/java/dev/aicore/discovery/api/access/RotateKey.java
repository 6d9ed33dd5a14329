package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Gives a key another secret. The answer is a {@link ApiKeyOutcome}.
 *
 * @param book {@link ApiKeyStream#NAME}
 * @param previousUntil so long the present one is taken too
 */
public record RotateKey(
        @TargetAggregateIdentifier @RoutingKey String book,
        String keyId,
        String hash,
        Instant previousUntil,
        Instant rotatedAt,
        EventMetadata envelope) {}
