package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.eventstore.EventPageReader.EventPage;
import org.axonframework.eventhandling.TrackingToken;

/** Streams facts and observations. In a process that doesn't write, new events arrive once per poll of the head. */
public final class EventMessageSource extends StoreMessageSource {

    private final EventPageReader pages;
    private final StoreReader store;

    public EventMessageSource(
            EventPageReader pages, StoreReader store, HeadPoller headPoller, EventStoreSettings settings) {
        super(store, headPoller, settings);
        this.pages = pages;
        this.store = store;
    }

    /** Returns the token before the first event from which on no event is missing. */
    @Override
    public TrackingToken createTailToken() {
        return PositionTokens.token(Math.max(0, store.floor() - 1));
    }

    @Override
    EventPage page(long after, int limit) {
        return pages.all(after, limit);
    }

    @Override
    long endPosition(long position, long lastFact) {
        return position;
    }
}
