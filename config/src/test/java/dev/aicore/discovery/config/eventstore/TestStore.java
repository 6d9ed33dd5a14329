package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.api.shard.Shards;
import dev.aicore.discovery.config.eventstore.wire.SnapshotSerializer;
import dev.aicore.discovery.config.eventstore.wire.WireRegistry;
import dev.aicore.discovery.config.eventstore.wire.WireSerializer;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** A store on a fresh schema, with small pages and partitions so that their borders are met. */
final class TestStore implements AutoCloseable {

    static final String AGGREGATE_TYPE = StoredEntry.AGGREGATE_TYPE;
    static final EventUpcaster NO_UPCASTERS = new EventUpcasterChain();

    final TestPostgres postgres;
    final EventStoreSettings settings;
    final AppendLane lane;
    final PostgresEventStorageEngine engine;
    final StoreReader reader;
    final FactStream facts;
    final EventStream all;
    private final StoreWatch watch;

    private TestStore(TestPostgres postgres, EventStoreSettings settings, EventUpcaster upcasters) {
        this.postgres = postgres;
        this.settings = settings;
        this.lane = lane("main");
        this.engine = engine(lane, upcasters);
        this.reader = new StoreReader(reads());
        this.watch = new StoreWatch(reader, settings.watchInterval());
        var pages = new EventPages(reads(), serializer(), upcasters);
        this.facts = new FactStream(pages, reader, watch, settings);
        this.all = new EventStream(pages, reader, watch, settings);
    }

    /** An empty store, written to by an owner "main". */
    static TestStore fresh(TestPostgres postgres) {
        return fresh(postgres, NO_UPCASTERS);
    }

    static TestStore fresh(TestPostgres postgres, EventUpcaster upcasters) {
        postgres.execute("DROP SCHEMA IF EXISTS store CASCADE");
        var settings = small();
        new StoreMigration(postgres.pool(), settings).migrate();
        var store = new TestStore(postgres, settings, upcasters);
        store.lane.addListener(store.watch);
        store.lane.start();
        store.watch.start();
        return store;
    }

    static EventStoreSettings small() {
        return small(Duration.ofMillis(500));
    }

    static EventStoreSettings small(Duration claimWait) {
        var d = EventStoreSettings.defaults();
        return new EventStoreSettings(
                64,
                Duration.ofSeconds(1),
                claimWait,
                d.maxGroupEvents(),
                d.maxGroupBytes(),
                d.maxWaitingUnits(),
                Duration.ofSeconds(15),
                d.connectTimeout(),
                d.socketTimeout(),
                d.statementTimeout(),
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                100,
                2,
                10,
                Duration.ofMillis(20),
                d.readTimeout());
    }

    AppendLane lane(String owner) {
        return new AppendLane(connections(), owner, settings);
    }

    DataSource connections() {
        return LaneConnections.to(postgres.url(), postgres.user(), postgres.password(), settings);
    }

    PostgresEventStorageEngine engine(Appender appender, EventUpcaster upcasters) {
        return new PostgresEventStorageEngine(
                reads(),
                appender,
                serializer(),
                new SnapshotSerializer(List.of(TestEvents.TALLY)),
                upcasters,
                settings);
    }

    Reads reads() {
        return new Reads(new TimedConnections(postgres.pool(), settings.readTimeout()));
    }

    private static WireSerializer serializer() {
        return new WireSerializer(new WireRegistry(TestEvents.TYPES));
    }

    /** Appends one unit to a shard, outside any unit of work. */
    void append(int shard, long firstSeq, Object... payloads) {
        engine.appendEvents(messages(shard, firstSeq, payloads));
    }

    static List<GenericDomainEventMessage<?>> messages(int shard, long firstSeq, Object... payloads) {
        var messages = new ArrayList<GenericDomainEventMessage<?>>();
        for (int i = 0; i < payloads.length; i++) {
            messages.add(new GenericDomainEventMessage<>(
                    StoredEntry.AGGREGATE_TYPE, Shards.name(shard), firstSeq + i, payloads[i]));
        }
        return messages;
    }

    List<String> types(int shard) {
        return engine.readEvents(Shards.name(shard))
                .asStream()
                .map(message -> message.getPayloadType().getSimpleName())
                .toList();
    }

    @Override
    public void close() {
        watch.close();
        lane.close();
    }
}
