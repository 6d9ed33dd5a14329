package dev.aicore.discovery.eventstore;

import java.util.List;

/** Where units of work become durable. */
public interface EventAppender {

    /**
     * Appends all events of one unit of work, or none, and waits until they are durable. Blocks: call it on a virtual thread.
     *
     * @param events at least one, in order
     * @throws org.axonframework.modelling.command.ConcurrencyException if one of them is not the next of its shard
     * @throws StoreUnavailableException if the store can't be reached; it tells whether the outcome is unknown
     * @throws DeposedException if another writer owns the store now; for good
     */
    AppendResult append(List<NewEvent> events);

    /**
     * The same, with the keys of the writes that the events stand for: they become durable together.
     *
     * @param keys each bound to one of the events; may be empty
     * @throws DuplicateIdempotencyKeyException if one of the keys is there already; nothing was appended
     */
    default AppendResult append(List<NewEvent> events, List<NewIdempotencyRecord> keys) {
        if (!keys.isEmpty()) {
            throw new UnsupportedOperationException("This appender keeps no keys.");
        }
        return append(events);
    }
}
