package dev.aicore.discovery.eventstore;

import java.time.Instant;

/**
 * A key that a write was done under.
 *
 * @param requestHash of that write, as lower-case hexadecimal
 * @param position    of its event
 * @param outcome     what was handed over with the key
 * @param recordedAt  when the store recorded both
 */
public record IdempotencyRecord(String requestHash, long position, String outcome, Instant recordedAt) {}
