package dev.aicore.discovery.command.configuration;

/** Reads the content of the aggregate's events, which is not kept in memory. */
@FunctionalInterface
interface ContentReader {

    /**
     * Returns the configuration or the schema of an event. Blocks.
     *
     * @param sequence sequence number of the event in the aggregate's stream, from 0
     * @throws dev.aicore.discovery.eventstore.StoreUnavailableException if the store can't be read
     */
    String at(long sequence);
}
