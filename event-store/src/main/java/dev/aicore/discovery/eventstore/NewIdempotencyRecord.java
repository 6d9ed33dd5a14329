package dev.aicore.discovery.eventstore;

/**
 * A key on its way into the store, beside the event of the write that it names: both become durable, or neither.
 *
 * @param event   which of the unit's events says that the write was done, from 0
 * @param outcome what to answer when the write is sent again; the store doesn't look into it
 */
public record NewIdempotencyRecord(IdempotencyKey key, int event, String outcome) {}
