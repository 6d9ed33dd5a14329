package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

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
