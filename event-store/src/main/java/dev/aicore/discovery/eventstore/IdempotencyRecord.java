package dev.aicore.discovery.eventstore;

import java.time.Instant;

/**
 * Idempotency key of a write that was done.
 *
 * @param requestHash hash of the write's request, as lower-case hexadecimal
 * @param position position of the write's event
 * @param outcome outcome that was appended with the key
 * @param recordedAt time at which the store recorded event and key
 */
public record IdempotencyRecord(String requestHash, long position, String outcome, Instant recordedAt) {}
