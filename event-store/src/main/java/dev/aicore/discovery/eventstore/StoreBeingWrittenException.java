package dev.aicore.discovery.eventstore;

/** The store can't be repaired while some process appends to it: that process would go on with what it has in memory. */
public final class StoreBeingWrittenException extends RuntimeException {

    StoreBeingWrittenException() {
        super("A server writes to the event store, or did until some seconds ago: stop it, and try again.");
    }
}
