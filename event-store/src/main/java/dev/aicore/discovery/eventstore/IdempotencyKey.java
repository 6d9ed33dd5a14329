package dev.aicore.discovery.eventstore;

/**
 * Name that a caller gives one write, so that the write is done once, however often it is sent.
 *
 * @param principal owner of the key; the same key of another principal is another key
 * @param key 1 to 255 printable ASCII characters
 * @param requestHash hash that distinguishes this request from any other, as lower-case hexadecimal
 */
public record IdempotencyKey(String principal, String key, String requestHash) {}
