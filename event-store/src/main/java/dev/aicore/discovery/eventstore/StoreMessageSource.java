package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.eventstore.EventPageReader.EventPage;
import java.time.Instant;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** Streams the events of the store to event processors. No event is skipped, because position order is commit order. */
public abstract sealed class StoreMessageSource implements StreamableMessageSource<TrackedEventMessage<?>>
        permits FactMessageSource, EventMessageSource {

    private final StoreReader store;
    private final HeadPoller headPoller;
    private final int pageSize;

    StoreMessageSource(StoreReader store, HeadPoller headPoller, EventStoreSettings settings) {
        this.store = store;
        this.headPoller = headPoller;
        this.pageSize = settings.pageSize();
    }

    /** Returns the next page of this source after a position. */
    abstract EventPage page(long after, int limit);

    /** Returns the last position of this source, given the last positions of the store. */
    abstract long endPosition(long position, long lastFact);

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        return new PagedEventStream(this, headPoller, PositionTokens.of(token), pageSize);
    }

    @Override
    public TrackingToken createTailToken() {
        return PositionTokens.token(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return PositionTokens.token(store.head().position());
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return PositionTokens.token(store.positionAt(time));
    }
}
