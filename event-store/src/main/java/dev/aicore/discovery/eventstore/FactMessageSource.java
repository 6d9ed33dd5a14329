package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.eventstore.wire.NewerEventException;
import java.sql.Connection;
import java.sql.SQLException;

/** Facts alone, as soon as they are appended. */
public final class FactMessageSource extends StoreMessageSource {

    private final EventPageReader pages;

    public FactMessageSource(
            EventPageReader pages, StoreReader store, HeadPoller headPoller, EventStoreSettings settings) {
        super(store, headPoller, settings);
        this.pages = pages;
    }

    /**
     * The next page beyond a position, read on a connection in hand: those who wait for what it has locked may have all others.
     *
     * @throws NewerEventException if the first fact of it is of a newer version
     */
    public EventPage page(Connection connection, long after, int limit) throws SQLException {
        return pages.facts(connection, after, limit);
    }

    @Override
    EventPage page(long after, int limit) {
        return pages.facts(after, limit);
    }

    @Override
    long reach(long position, long lastFact) {
        return lastFact;
    }
}
