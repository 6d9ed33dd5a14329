package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.Envelope;

/** Something that happened to a key. All of them stand in one stream of their own, {@link AccessBook#NAME}. */
public sealed interface AccessFact permits KeyIssued, KeyRotated, KeyRevoked, KeyFirstUsed {

    /** The key's id, which is no secret. */
    String keyId();

    /** Who did it, from where and why. */
    Envelope envelope();
}
