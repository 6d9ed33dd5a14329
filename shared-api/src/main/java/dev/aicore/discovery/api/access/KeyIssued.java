package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

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
public record KeyIssued(
        String keyId,
        String principal,
        String role,
        String description,
        String hash,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        EventMetadata envelope)
        implements ApiKeyFact {}
