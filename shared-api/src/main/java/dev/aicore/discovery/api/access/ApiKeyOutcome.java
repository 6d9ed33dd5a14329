package dev.aicore.discovery.api.access;

/** What has become of what was asked about a key. */
public enum ApiKeyOutcome {
    DONE,
    /** It was so already. */
    ALREADY,
    /** There is no such key, or it was revoked. */
    UNKNOWN,
    /** There are {@link ApiKeyStream#MAX_KEYS} already. */
    TOO_MANY
}
