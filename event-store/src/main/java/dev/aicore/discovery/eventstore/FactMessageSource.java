package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.eventstore.EventPageReader.EventPage;
import dev.aicore.discovery.eventstore.HeadPoller.HeadListener;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.axonframework.common.Registration;

/** Streams facts only, as soon as they are appended. */
public final class FactMessageSource extends StoreMessageSource {

    private final EventPageReader pages;
    private final HeadPoller headPoller;

    public FactMessageSource(
            EventPageReader pages, StoreReader store, HeadPoller headPoller, EventStoreSettings settings) {
        super(store, headPoller, settings);
        this.pages = pages;
        this.headPoller = headPoller;
    }

    /**
     * Returns the next page after a position, read on the given connection. Threads that wait for a lock of that
     * connection may have taken all other connections.
     *
     * @throws NewerEventException if the first fact of the page is of a newer version
     */
    public EventPage page(Connection connection, long after, int limit) throws SQLException {
        return pages.facts(connection, after, limit);
    }

    /**
     * Calls a listener after appends and polls with the position of the last fact, until the registration is cancelled.
     *
     * @param listener must return at once
     */
    public Registration onHead(LongConsumer listener) {
        HeadListener added = (_, lastFact) -> listener.accept(lastFact);
        headPoller.add(added);
        return () -> {
            headPoller.remove(added);
            return true;
        };
    }

    @Override
    EventPage page(long after, int limit) {
        return pages.facts(after, limit);
    }

    @Override
    long endPosition(long position, long lastFact) {
        return lastFact;
    }
}
