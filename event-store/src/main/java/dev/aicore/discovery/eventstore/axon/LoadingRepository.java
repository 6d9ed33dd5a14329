package dev.aicore.discovery.eventstore.axon;

import dev.aicore.discovery.eventstore.StoreUnavailableException;
import dev.aicore.discovery.eventstore.UnreadableEventException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;

/** Loads aggregates through a cache, and reports the event at which an aggregate couldn't be loaded. */
public final class LoadingRepository<T> extends CachingEventSourcingRepository<T> {

    /** Streams by the aggregate that is being loaded. The aggregate is locked meanwhile. */
    private final Map<String, PositionTrackingStream> reading = new ConcurrentHashMap<>();

    /** @param builder builder with a cache */
    public LoadingRepository(EventSourcingRepository.Builder<T> builder) {
        super(builder);
    }

    /**
     * Loads an aggregate.
     *
     * @throws AggregateLoadException if the stored events or snapshot can't be read or folded
     * @throws AggregateNotFoundException if the aggregate doesn't exist
     * @throws StoreUnavailableException if the database fails
     */
    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(String aggregate, @Nullable Long expectedVersion) {
        try {
            return super.doLoadWithLock(aggregate, expectedVersion);
        } catch (StoreUnavailableException | AggregateNotFoundException exception) {
            throw exception;
        } catch (RuntimeException failure) {
            throw new AggregateLoadException(aggregate, position(aggregate, failure), failure);
        } finally {
            reading.remove(aggregate);
        }
    }

    @Override
    protected DomainEventStream readEvents(String aggregate) {
        var events = new PositionTrackingStream(super.readEvents(aggregate));
        reading.put(aggregate, events);
        return events;
    }

    private @Nullable Long position(String aggregate, RuntimeException failure) {
        if (failure instanceof UnreadableEventException unreadable) {
            return unreadable.position();
        }
        var events = reading.get(aggregate);
        return events == null || events.last == null ? null : Long.valueOf(events.last.getIdentifier());
    }

    /** Remembers the last event that was read. Event identifiers are positions in this store. */
    private static final class PositionTrackingStream implements DomainEventStream {

        private final DomainEventStream events;
        private @Nullable DomainEventMessage<?> last;

        PositionTrackingStream(DomainEventStream events) {
            this.events = events;
        }

        @Override
        public boolean hasNext() {
            return events.hasNext();
        }

        @Override
        public DomainEventMessage<?> next() {
            last = events.next();
            return last;
        }

        @Override
        public DomainEventMessage<?> peek() {
            return events.peek();
        }

        @Override
        public Long getLastSequenceNumber() {
            return events.getLastSequenceNumber();
        }
    }
}
