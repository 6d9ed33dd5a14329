package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;

/** Facts alone, as soon as they are appended. */
public final class FactStream extends StoreSource {

    private final EventPages pages;

    public FactStream(EventPages pages, StoreReader store, StoreWatch watch, EventStoreSettings settings) {
        super(store, watch, settings);
        this.pages = pages;
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
