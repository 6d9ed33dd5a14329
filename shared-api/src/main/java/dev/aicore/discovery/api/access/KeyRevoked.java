package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Fact: a key was revoked. Neither the key nor a token that was issued for it is accepted any more. */
@Revision("1")
public record KeyRevoked(String keyId, Instant revokedAt, EventMetadata envelope) implements ApiKeyFact {}
