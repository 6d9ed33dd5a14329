package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Somebody was given a key.
 *
 * @param principal who acts with it
 * @param role in which role
 * @param description what it is for, in words; may be empty
 * @param hash SHA-256 of the whole key, in hexadecimal digits: the key itself is nowhere
 * @param expiresAt when it ends by itself; null if never
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
