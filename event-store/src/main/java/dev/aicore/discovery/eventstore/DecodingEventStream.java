package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/** Decodes the events of one shard one by one. A failure names the event that can't be decoded. */
final class DecodingEventStream implements DomainEventStream {

    private final DomainEventStream events;
    private @Nullable StoredEvent current;

    DecodingEventStream(Stream<StoredEvent> stored, Serializer serializer, EventUpcaster upcasters) {
        var upcast =
                EventStreamUtils.upcastAndDeserializeDomainEvents(stored.peek(this::setCurrent), serializer, upcasters);
        this.events = DomainEventStream.of(
                upcast.asStream().map(DecodingEventStream::decoded), upcast::getLastSequenceNumber);
    }

    @Override
    public boolean hasNext() {
        return decode(events::hasNext);
    }

    @Override
    public DomainEventMessage<?> next() {
        return decode(events::next);
    }

    @Override
    public DomainEventMessage<?> peek() {
        return decode(events::peek);
    }

    @Override
    public Long getLastSequenceNumber() {
        return events.getLastSequenceNumber();
    }

    private void setCurrent(StoredEvent event) {
        current = event;
        event.requireIntact();
    }

    private static DomainEventMessage<?> decoded(DomainEventMessage<?> event) {
        event.getPayload();
        return event;
    }

    /** Runs one step of the stream. If the step fails, the last event that was read is the cause. */
    private <T> T decode(Supplier<T> step) {
        try {
            return step.get();
        } catch (NewerEventException | SerializationException | IllegalArgumentException failure) {
            var event = current;
            throw event == null || EventDecoder.isNewer(event, failure)
                    ? failure
                    : EventDecoder.explain(event, failure);
        }
    }
}
