package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.IdempotencyStore.DuplicateIdempotencyKeyException;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import java.time.Instant;
import java.util.List;

/** Makes the events of units of work durable. */
public interface EventAppender {

    /**
     * Appends all events of one unit of work, or none, and waits until they are durable. Blocks: call it on a virtual
     * thread.
     *
     * @param events at least one event, in order
     * @throws org.axonframework.modelling.command.ConcurrencyException if an event isn't the next of its shard
     * @throws StoreUnavailableException if the store can't be reached; it states whether the outcome is unknown
     * @throws DeposedException if another node may have claimed the store; nothing was appended
     */
    default AppendResult append(List<NewEvent> events) {
        return append(events, List.of());
    }

    /**
     * Appends events like {@link #append(List)}, with the idempotency keys of the writes that the events stand for.
     * Events and keys become durable together.
     *
     * @param keys idempotency keys, each bound to one of the events; may be empty
     * @throws DuplicateIdempotencyKeyException if the store already has one of the keys; nothing was appended
     */
    AppendResult append(List<NewEvent> events, List<NewIdempotencyRecord> keys);

    /**
     * Result of a unit of work that has become durable. Its events have consecutive positions.
     *
     * @param firstPosition position of the first event, from 1
     * @param count number of events, at least 1
     * @param recordedAt time at which the store recorded the events, with millisecond precision; never before that of
     *     an earlier event
     */
    record AppendResult(long firstPosition, int count, Instant recordedAt) {

        /** Returns the position of the last event. */
        public long lastPosition() {
            return firstPosition + count - 1;
        }
    }
}
