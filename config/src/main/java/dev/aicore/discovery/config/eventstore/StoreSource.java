package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.time.Instant;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** Streams of the store for event processors. They skip nothing: position order is commit order. */
public abstract sealed class StoreSource implements StreamableMessageSource<TrackedEventMessage<?>>
        permits FactStream, EventStream {

    private final StoreReader store;
    private final StoreWatch watch;
    private final int pageSize;

    StoreSource(StoreReader store, StoreWatch watch, EventStoreSettings settings) {
        this.store = store;
        this.watch = watch;
        this.pageSize = settings.pageSize();
    }

    /** The next page of this source beyond a position. */
    abstract EventPage page(long after, int limit);

    /** How far this source reaches, of what the store has reached. */
    abstract long reach(long position, long lastFact);

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        return new PagedStream(this, watch, Positions.of(token), pageSize);
    }

    @Override
    public TrackingToken createTailToken() {
        return Positions.token(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return Positions.token(store.head().position());
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return Positions.token(store.positionAt(time));
    }
}
