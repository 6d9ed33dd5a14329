package dev.aicore.discovery.eventstore.axon;

import dev.aicore.discovery.eventstore.EventMessageSource;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Axon's embedded event store, with streams that are notified of new events instead of polling. */
final class RegistryEventStore extends EmbeddedEventStore {

    private final EventMessageSource messageSource;

    RegistryEventStore(EventStorageEngine engine, EventMessageSource messageSource) {
        super(EmbeddedEventStore.builder().storageEngine(engine).optimizeEventConsumption(false));
        this.messageSource = messageSource;
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        return messageSource.openStream(token);
    }

    /**
     * Loads from events if the snapshot can't be read, but fails if the store is unavailable: that must not cause a
     * load of all events.
     */
    @Override
    protected Optional<DomainEventMessage<?>> handleSnapshotReadingError(String identifier, Throwable error) {
        if (error instanceof StoreUnavailableException unavailable) {
            throw unavailable;
        }
        return super.handleSnapshotReadingError(identifier, error);
    }
}
