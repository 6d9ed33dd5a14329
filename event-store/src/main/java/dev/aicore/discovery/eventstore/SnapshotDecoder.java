package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.wire.SnapshotSerializer;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes snapshots. A snapshot that can't be decoded is skipped: the previous snapshot, or the events, are read
 * instead.
 */
final class SnapshotDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotDecoder.class);

    private final SnapshotSerializer serializer;

    SnapshotDecoder(SnapshotSerializer serializer) {
        this.serializer = serializer;
    }

    /** Returns the first snapshot that can be decoded, and reads no further ones; empty if none can be decoded. */
    Optional<DomainEventMessage<?>> first(Stream<StoredEvent> snapshots) {
        return snapshots
                .filter(snapshot -> serializer.reads(snapshot.type(), snapshot.revision()))
                .flatMap(snapshot -> decodedIfPossible(snapshot).stream())
                .findFirst();
    }

    private Optional<DomainEventMessage<?>> decodedIfPossible(StoredEvent snapshot) {
        try {
            return Optional.of(decoded(snapshot));
        } catch (RuntimeException failure) {
            LOG.warn(
                    "The snapshot of {} at position {} can't be read; reading an older one or the events: {}",
                    snapshot.getAggregateIdentifier(),
                    snapshot.position(),
                    failure.getMessage());
            return Optional.empty();
        }
    }

    private DomainEventMessage<?> decoded(StoredEvent snapshot) {
        snapshot.requireIntact();
        Object state = serializer.deserialize(snapshot.getPayload());
        return new GenericDomainEventMessage<>(
                snapshot.getType(),
                snapshot.getAggregateIdentifier(),
                snapshot.seq(),
                state,
                MetaData.emptyInstance(),
                snapshot.getEventIdentifier(),
                snapshot.recordedAt());
    }
}
