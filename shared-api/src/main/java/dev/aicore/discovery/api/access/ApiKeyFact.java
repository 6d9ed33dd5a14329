package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;

/** Something that happened to a key. All of them stand in one stream of their own, {@link ApiKeyStream#NAME}. */
public sealed interface ApiKeyFact permits KeyIssued, KeyRotated, KeyRevoked, KeyFirstUsed {

    /** The key's id, which is no secret. */
    String keyId();

    /** Who did it, from where and why. */
    EventMetadata envelope();
}
