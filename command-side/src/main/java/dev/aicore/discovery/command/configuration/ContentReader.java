package dev.aicore.discovery.command.configuration;

/** What the book's own events said, which the book doesn't keep in memory. */
@FunctionalInterface
interface ContentReader {

    /**
     * The configuration or the schema of an event. Blocks.
     *
     * @param sequence the event's number in the book's stream, from 0
     * @throws dev.aicore.discovery.eventstore.StoreUnavailableException if the store can't be read
     */
    String at(long sequence);
}
