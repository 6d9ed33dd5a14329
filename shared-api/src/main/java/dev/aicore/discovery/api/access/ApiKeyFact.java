package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;

/** Event of one API key. All key events are in one stream of their own, {@link ApiKeyStream#NAME}. */
public sealed interface ApiKeyFact extends RegistryEvent permits KeyIssued, KeyRotated, KeyRevoked, KeyFirstUsed {

    /** Returns the key's id, which is not secret. */
    String keyId();

    /** Returns the event metadata: who caused the fact, from where and why. */
    EventMetadata envelope();
}
