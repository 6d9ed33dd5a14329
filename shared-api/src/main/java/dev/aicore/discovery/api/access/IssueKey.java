package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Gives somebody a key. The answer is a {@link ApiKeyOutcome}.
 *
 * @param book {@link ApiKeyStream#NAME}
 * @param hash SHA-256 of the whole key, in hexadecimal digits
 * @param expiresAt when it ends by itself; null if never
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
