package dev.aicore.discovery.eventstore;

/**
 * Signals that the store can't be repaired while a process appends to it. That process would continue with the state
 * that it has in memory.
 */
public final class StoreBeingWrittenException extends RuntimeException {

    StoreBeingWrittenException() {
        super("A server writes to the event store, or did until some seconds ago: stop the server and try again.");
    }
}
