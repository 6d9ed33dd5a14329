package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.BinaryEvent;
import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/** Implements Axon's storage engine on the store. The shards are aggregates; their events are in two tables. */
public final class PostgresEventStorageEngine extends AbstractEventStorageEngine {

    private final UnitOfWorkAppender appender;
    private final ShardEventReader shards;
    private final EventReader reader;
    private final StoreReader store;
    private final JdbcQueryRunner jdbcQueryRunner;
    private final SnapshotDecoder snapshots;
    private final EventDecoder decoder;
    private final int pageSize;

    /**
     * Creates an engine that reads by {@code jdbcQueryRunner} and appends by {@code eventAppender}.
     *
     * @param events serializer of events, by wire names
     */
    public PostgresEventStorageEngine(
            JdbcQueryRunner jdbcQueryRunner,
            EventAppender eventAppender,
            Serializer events,
            SnapshotSerializer snapshots,
            EventUpcaster upcasters,
            EventStoreSettings settings) {
        super(new Builder()
                .eventSerializer(events)
                .snapshotSerializer(snapshots)
                .upcasterChain(upcasters));
        this.appender = new UnitOfWorkAppender(eventAppender);
        this.shards = new ShardEventReader(jdbcQueryRunner, settings.pageSize());
        this.reader = new EventReader(jdbcQueryRunner);
        this.store = new StoreReader(jdbcQueryRunner);
        this.jdbcQueryRunner = jdbcQueryRunner;
        this.snapshots = new SnapshotDecoder(snapshots);
        this.decoder = new EventDecoder(events, upcasters);
        this.pageSize = settings.pageSize();
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (!events.isEmpty()) {
            appender.collect(
                    events.stream().map(event -> newEvent(event, serializer)).toList());
        }
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        var state = snapshot.serializePayload(serializer, byte[].class);
        jdbcQueryRunner.read(connection -> {
            SnapshotRows.store(
                    connection,
                    ShardPartitioner.streamNumber(snapshot.getAggregateIdentifier()),
                    snapshot.getSequenceNumber(),
                    state.getType().getName(),
                    Integer.parseInt(state.getType().getRevision()),
                    state.getData());
            return true;
        });
    }

    /**
     * Returns the events of a shard with their decoded payloads.
     *
     * @throws UnreadableEventException while the stream is read, at an event that can't be read: no state is folded
     *     without it
     */
    @Override
    public DomainEventStream readEvents(String identifier, long firstSequenceNumber) {
        return decoder.stream(shards.events(ShardPartitioner.streamNumber(identifier), firstSequenceNumber));
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String identifier, long firstSequenceNumber) {
        return shards.events(ShardPartitioner.streamNumber(identifier), firstSequenceNumber);
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(@Nullable TrackingToken token, boolean mayBlock) {
        return Stream.iterate(
                        reader.all(PositionTokens.of(token), pageSize),
                        page -> !page.isEmpty(),
                        page -> reader.all(page.getLast().position(), pageSize))
                .flatMap(List::stream);
    }

    /** Returns the newest snapshot that can be decoded. A damaged snapshot is treated as missing. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String identifier) {
        return snapshots.first(shards.snapshots(ShardPartitioner.streamNumber(identifier)));
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String identifier) {
        return shards.snapshots(ShardPartitioner.streamNumber(identifier));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String identifier) {
        var last = shards.lastSeq(ShardPartitioner.streamNumber(identifier));
        return last.isPresent() ? Optional.of(last.getAsLong()) : Optional.empty();
    }

    /**
     * Returns the token before the first event from which on no event is missing. Never null, which has other meanings
     * in Axon as well.
     */
    @Override
    public TrackingToken createTailToken() {
        return PositionTokens.token(Math.max(0, store.floor() - 1));
    }

    @Override
    public TrackingToken createHeadToken() {
        return PositionTokens.token(store.head().position());
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return PositionTokens.token(store.positionAt(time));
    }

    private static NewEvent newEvent(EventMessage<?> event, Serializer serializer) {
        if (!(event instanceof DomainEventMessage<?> domain)) {
            throw new IllegalArgumentException("Only events of aggregates are stored, got another event: "
                    + event.getPayloadType().getName());
        }
        var payload = event.getPayload();
        var serialized = event.serializePayload(serializer, byte[].class);
        return new NewEvent(
                ShardPartitioner.streamNumber(domain.getAggregateIdentifier()),
                domain.getSequenceNumber(),
                serialized.getType().getName(),
                Integer.parseInt(serialized.getType().getRevision()),
                !(payload instanceof BinaryEvent),
                payload instanceof Fact fact ? fact.id() : null,
                serialized.getData(),
                payload);
    }

    private static final class Builder extends AbstractEventStorageEngine.Builder {}
}
