package dev.aicore.discovery.eventstore;

import java.time.Duration;
import java.time.Instant;

/** Signals that another writer owns the store and didn't release it within the waiting time. */
public final class StoreInUseException extends IllegalStateException {

    StoreInUseException(String owner, Instant until, Duration waited) {
        super("The event store belongs to the writer '" + owner + "' until " + until + " (database time); waited "
                + waited.toMillis() + " ms. Stop that writer, or wait for its lease to end.");
    }
}
