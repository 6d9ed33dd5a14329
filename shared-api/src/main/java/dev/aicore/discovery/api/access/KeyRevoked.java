package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A key is taken no more, nor is any token that was given for it. */
@Revision("1")
public record KeyRevoked(String keyId, Instant revokedAt, EventMetadata envelope) implements ApiKeyFact {}
