package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A key got another secret, under the same id.
 *
 * @param hash SHA-256 of the whole new key, in hexadecimal digits
 * @param previousUntil so long the one before is taken too
 */
@Revision("1")
public record KeyRotated(String keyId, String hash, Instant previousUntil, Instant rotatedAt, EventMetadata envelope)
        implements ApiKeyFact {}
