package dev.aicore.discovery.eventstore;

import java.time.Instant;

/**
 * Result of a unit of work that has become durable. Its events have consecutive positions.
 *
 * @param firstPosition position of the first event, from 1
 * @param count number of events, at least 1
 * @param recordedAt time at which the store recorded the events, with millisecond precision; never before that of an
 *     earlier event
 */
public record AppendResult(long firstPosition, int count, Instant recordedAt) {

    /** Returns the position of the last event. */
    public long lastPosition() {
        return firstPosition + count - 1;
    }
}
