package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A key was shown, and taken, which it never was before; the envelope says who came with it, and from where. */
@Revision("1")
public record KeyFirstUsed(String keyId, Instant usedAt, EventMetadata envelope) implements ApiKeyFact {}
