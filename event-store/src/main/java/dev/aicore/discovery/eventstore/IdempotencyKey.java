package dev.aicore.discovery.eventstore;

/**
 * What a caller has named one write by, so that it is done once however often it is sent.
 *
 * @param principal   whose key it is: the same key of another principal is another key
 * @param key         1 to 255 printable ASCII characters
 * @param requestHash what tells this request from any other, as lower-case hexadecimal
 */
public record IdempotencyKey(String principal, String key, String requestHash) {}
