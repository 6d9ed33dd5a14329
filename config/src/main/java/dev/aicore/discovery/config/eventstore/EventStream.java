package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;

/** Facts and observations; observations come in packs of one watch interval. */
public final class EventStream extends StoreSource {

    private final EventPages pages;

    public EventStream(EventPages pages, StoreReader store, StoreWatch watch, EventStoreSettings settings) {
        super(store, watch, settings);
        this.pages = pages;
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
