package dev.aicore.discovery.eventstore;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer;
import dev.aicore.discovery.eventstore.wire.WireSerializer;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** Store in a fresh schema, with small pages and partitions so that tests cross their borders. */
final class TestStore implements AutoCloseable {

    static final String AGGREGATE_TYPE = StoredEvent.AGGREGATE_TYPE;
    static final EventUpcaster NO_UPCASTERS = new EventUpcasterChain();

    final TestPostgres postgres;
    final EventStoreSettings settings;
    final SingleWriterAppender appender;
    final PostgresEventStorageEngine engine;
    final StoreReader reader;
    final FactMessageSource facts;
    final EventMessageSource all;
    private final HeadPoller headPoller;

    private TestStore(TestPostgres postgres, EventStoreSettings settings, EventUpcaster upcasters) {
        this.postgres = postgres;
        this.settings = settings;
        this.appender = lane("main");
        this.engine = engine(appender, upcasters);
        this.reader = new StoreReader(reads());
        this.headPoller = new HeadPoller(reader, settings.watchInterval());
        var pages = new EventPageReader(reads(), serializer(), upcasters);
        this.facts = new FactMessageSource(pages, reader, headPoller, settings);
        this.all = new EventMessageSource(pages, reader, headPoller, settings);
    }

    /** Creates an empty store with an appender of the owner "main". */
    static TestStore fresh(TestPostgres postgres) {
        return fresh(postgres, NO_UPCASTERS);
    }

    static TestStore fresh(TestPostgres postgres, EventUpcaster upcasters) {
        postgres.execute("DROP SCHEMA IF EXISTS store CASCADE");
        var settings = small();
        new StoreMigration(postgres.pool(), settings).migrate();
        var store = new TestStore(postgres, settings, upcasters);
        store.appender.addListener(store.headPoller);
        store.appender.start();
        store.headPoller.start();
        return store;
    }

    static EventStoreSettings small() {
        return SettingsBinder.with(Map.of(
                        "service-discovery.event-store.shards",
                        64,
                        "service-discovery.event-store.lease",
                        "1s",
                        "service-discovery.event-store.acknowledge-within",
                        "15s",
                        "service-discovery.event-store.initial-back-off",
                        "10ms",
                        "service-discovery.event-store.max-back-off",
                        "100ms",
                        "service-discovery.event-store.partition-width",
                        100,
                        "service-discovery.event-store.partitions-ahead",
                        2,
                        "service-discovery.event-store.page-size",
                        10,
                        "service-discovery.event-store.watch-interval",
                        "20ms"))
                .get(EventStoreSettings.class);
    }

    SingleWriterAppender lane(String owner) {
        return new SingleWriterAppender(connections(), owner, settings);
    }

    /** Lets a successor take the store over, as if the owner had been silent. */
    void takeOver(SingleWriterAppender successor) {
        successor.start();
        // The owner, which isn't silent, may renew its lease in between.
        await().until(() -> {
            postgres.execute(
                    "UPDATE store.nodes SET lease_until = clock_timestamp() WHERE name = 'main'",
                    "UPDATE store.head SET lease_until = clock_timestamp()");
            return successor.claim() != 0;
        });
    }

    DataSource connections() {
        return AppenderDataSource.to(postgres.url(), postgres.user(), postgres.password(), settings);
    }

    PostgresEventStorageEngine engine(EventAppender eventAppender, EventUpcaster upcasters) {
        return new PostgresEventStorageEngine(
                reads(),
                eventAppender,
                serializer(),
                new SnapshotSerializer(List.of(TestEvents.TALLY)),
                upcasters,
                settings);
    }

    JdbcQueryRunner reads() {
        return new JdbcQueryRunner(new TimeoutDataSource(postgres.pool(), settings.readTimeout()));
    }

    private static WireSerializer serializer() {
        return new WireSerializer(new WireTypeRegistry(TestEvents.TYPES));
    }

    /** Appends one unit to a shard, outside any unit of work. */
    void append(int shard, long firstSeq, Object... payloads) {
        engine.appendEvents(messages(shard, firstSeq, payloads));
    }

    static List<GenericDomainEventMessage<?>> messages(int shard, long firstSeq, Object... payloads) {
        var messages = new ArrayList<GenericDomainEventMessage<?>>();
        for (int i = 0; i < payloads.length; i++) {
            messages.add(new GenericDomainEventMessage<>(
                    StoredEvent.AGGREGATE_TYPE, ShardPartitioner.name(shard), firstSeq + i, payloads[i]));
        }
        return messages;
    }

    List<String> types(int shard) {
        return engine.readEvents(ShardPartitioner.name(shard))
                .asStream()
                .map(message -> message.getPayloadType().getSimpleName())
                .toList();
    }

    @Override
    public void close() {
        headPoller.close();
        appender.close();
    }
}
