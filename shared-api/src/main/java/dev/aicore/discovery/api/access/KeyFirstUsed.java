package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Fact: a key was used successfully for the first time. The metadata names the caller and its address. */
@Revision("1")
public record KeyFirstUsed(String keyId, Instant usedAt, EventMetadata envelope) implements ApiKeyFact {}
