package dev.aicore.discovery.eventstore;

import java.time.Instant;

/**
 * What the store says of a unit of work that has become durable. Its events have consecutive positions.
 *
 * @param firstPosition position of the first event, from 1
 * @param count         number of events, at least 1
 * @param recordedAt    when the store recorded them, in milliseconds; never before any earlier event
 */
public record AppendResult(long firstPosition, int count, Instant recordedAt) {

    /** Position of the last event. */
    public long lastPosition() {
        return firstPosition + count - 1;
    }
}
