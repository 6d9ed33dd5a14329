package dev.aicore.discovery.api.access;

/** Result of a command about an API key. */
public enum ApiKeyOutcome {
    DONE,
    /** The key's first use is already recorded. */
    ALREADY,
    /** The key does not exist, was revoked, or (for a rotation) has expired. */
    UNKNOWN,
    /** The limit of {@link ApiKeyStream#MAX_KEYS} keys is reached. */
    TOO_MANY
}
