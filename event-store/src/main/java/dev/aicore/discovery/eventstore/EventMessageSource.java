package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import org.axonframework.eventhandling.TrackingToken;

/** Facts and observations; observations come in packs of one watch interval. */
public final class EventMessageSource extends StoreMessageSource {

    private final EventPageReader pages;
    private final StoreReader store;

    public EventMessageSource(
            EventPageReader pages, StoreReader store, HeadPoller headPoller, EventStoreSettings settings) {
        super(store, headPoller, settings);
        this.pages = pages;
        this.store = store;
    }

    /** Before the first event from which on all are there. */
    @Override
    public TrackingToken createTailToken() {
        return PositionTokens.token(Math.max(0, store.floor() - 1));
    }

    @Override
    EventPage page(long after, int limit) {
        return pages.all(after, limit);
    }

    @Override
    long reach(long position, long lastFact) {
        return position;
    }
}
