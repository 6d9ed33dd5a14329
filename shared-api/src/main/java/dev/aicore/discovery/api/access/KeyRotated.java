package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: a key got a new secret under the same id.
 *
 * @param hash SHA-256 of the whole new key, in hexadecimal digits
 * @param previousUntil the time until which the previous secret is also accepted
 */
@Revision("1")
public record KeyRotated(String keyId, String hash, Instant previousUntil, Instant rotatedAt, EventMetadata envelope)
        implements ApiKeyFact {}
