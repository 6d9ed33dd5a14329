package dev.aicore.discovery.eventstore;

/**
 * Idempotency key to be stored with the event of its write. Both become durable, or neither.
 *
 * @param event index of the event, among those of the unit of work, that states that the write was done, from 0
 * @param outcome reply to a repetition of the write; opaque to the store
 */
public record NewIdempotencyRecord(IdempotencyKey key, int event, String outcome) {}
