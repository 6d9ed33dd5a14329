package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.config.eventstore.wire.NewerEventException;
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

/** Decodes stored events, payloads included, and knows which one of them can't be decoded. */
final class EventDecoding {

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    /** @param upcasters make one event of one */
    EventDecoding(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /**
     * Returns the events of a page, with an {@link UnreadableEntry} for each that can't be decoded. It ends before the first event of a
     * newer version.
     *
     * @throws NewerEventException if that is the first of them
     */
    List<TrackedEventMessage<?>> page(List<StoredEntry> stored) {
        var events = new ArrayList<TrackedEventMessage<?>>(stored.size());
        while (events.size() < stored.size()) {
            try {
                decode(stored.subList(events.size(), stored.size()), events);
            } catch (RuntimeException failure) {
                var entry = stored.get(events.size());
                if (isNewer(entry, failure)) {
                    if (events.isEmpty()) {
                        throw failure;
                    }
                    return events;
                }
                events.add(unreadable(entry, failure));
            }
        }
        return events;
    }

    /** Returns the events of a stream, which fails at the first that can't be decoded. */
    DomainEventStream stream(Stream<StoredEntry> stored) {
        return new DecodedStream(stored, serializer, upcasters);
    }

    private void decode(List<StoredEntry> stored, List<TrackedEventMessage<?>> decoded) {
        EventUtils.upcastAndDeserializeTrackedEvents(
                        stored.stream().peek(StoredEntry::requireIntact), serializer, upcasters)
                .forEachOrdered(event -> {
                    // Decoded lazily, it would fail wherever it is first looked at.
                    event.getPayload();
                    decoded.add(event);
                });
    }

    /** Each version that could be newer writes checksums: a row without one, and of a type that nobody knows, is damaged. */
    static boolean isNewer(StoredEntry entry, RuntimeException failure) {
        return failure instanceof NewerEventException && entry.checksum() != null;
    }

    static UnreadableEventException explain(StoredEntry entry, RuntimeException failure) {
        return failure instanceof UnreadableEventException told
                ? told
                : new UnreadableEventException(entry, String.valueOf(failure.getMessage()));
    }

    private static TrackedEventMessage<?> unreadable(StoredEntry entry, RuntimeException failure) {
        return new GenericTrackedDomainEventMessage<>(
                entry.trackingToken(),
                new GenericDomainEventMessage<>(
                        entry.getType(),
                        entry.getAggregateIdentifier(),
                        entry.seq(),
                        UnreadableEntry.of(entry, explain(entry, failure)),
                        MetaData.emptyInstance(),
                        entry.getEventIdentifier(),
                        entry.recordedAt()));
    }
}
