package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Decodes stored events with their payloads, and identifies the event that can't be decoded. */
final class EventDecoder {

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    /** @param upcasters upcasters, which return one event for one event */
    EventDecoder(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /**
     * Returns the events of a page, with an {@link UnreadableEvent} for each event that can't be decoded. The page ends
     * before the first event of a newer version.
     *
     * @throws NewerEventException if the first event of the page is of a newer version
     */
    List<TrackedEventMessage<?>> page(List<StoredEvent> stored) {
        var events = new ArrayList<TrackedEventMessage<?>>(stored.size());
        while (events.size() < stored.size()) {
            try {
                decode(stored.subList(events.size(), stored.size()), events);
            } catch (RuntimeException failure) {
                var event = stored.get(events.size());
                if (isNewer(event, failure)) {
                    if (events.isEmpty()) {
                        throw failure;
                    }
                    return events;
                }
                events.add(unreadable(event, failure));
            }
        }
        return events;
    }

    /** Returns the events of a stream. The stream fails at the first event that can't be decoded. */
    DomainEventStream stream(Stream<StoredEvent> stored) {
        return new DecodingEventStream(stored, serializer, upcasters);
    }

    private void decode(List<StoredEvent> stored, List<TrackedEventMessage<?>> decoded) {
        EventUtils.upcastAndDeserializeTrackedEvents(
                        stored.stream().peek(StoredEvent::requireIntact), serializer, upcasters)
                .forEachOrdered(event -> {
                    // Decoded here: a lazily decoded payload would fail wherever it is first used.
                    event.getPayload();
                    decoded.add(event);
                });
    }

    /**
     * Returns true if a newer version wrote the event. Each version that could be newer writes checksums; a row without
     * a checksum and of an unknown type is damaged.
     */
    static boolean isNewer(StoredEvent event, RuntimeException failure) {
        return failure instanceof NewerEventException && event.checksum() != null;
    }

    static UnreadableEventException explain(StoredEvent event, RuntimeException failure) {
        return failure instanceof UnreadableEventException exception
                ? exception
                : new UnreadableEventException(event, String.valueOf(failure.getMessage()));
    }

    private static TrackedEventMessage<?> unreadable(StoredEvent event, RuntimeException failure) {
        return new GenericTrackedDomainEventMessage<>(
                event.trackingToken(),
                new GenericDomainEventMessage<>(
                        event.getType(),
                        event.getAggregateIdentifier(),
                        event.seq(),
                        UnreadableEvent.of(event, explain(event, failure)),
                        MetaData.emptyInstance(),
                        event.getEventIdentifier(),
                        event.recordedAt()));
    }
}
