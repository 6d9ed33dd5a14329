package dev.aicore.discovery.projection.testing;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.Packed;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.eventstore.AppendLane;
import dev.aicore.discovery.config.eventstore.EventPages;
import dev.aicore.discovery.config.eventstore.FactStream;
import dev.aicore.discovery.config.eventstore.LaneConnections;
import dev.aicore.discovery.config.eventstore.NewEntry;
import dev.aicore.discovery.config.eventstore.Reads;
import dev.aicore.discovery.config.eventstore.StoreMigration;
import dev.aicore.discovery.config.eventstore.StoreReader;
import dev.aicore.discovery.config.eventstore.StoreWatch;
import dev.aicore.discovery.config.eventstore.TimedConnections;
import dev.aicore.discovery.config.eventstore.wire.TokenJson;
import dev.aicore.discovery.config.eventstore.wire.Upcasters;
import dev.aicore.discovery.config.eventstore.wire.WireRegistry;
import dev.aicore.discovery.config.eventstore.wire.WireSerializer;
import dev.aicore.discovery.config.readmodel.PublishedPositions;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.ModelMigration;
import dev.aicore.discovery.projection.Projections;
import dev.aicore.discovery.projection.flow.BatchFold;
import dev.aicore.discovery.projection.flow.CommitListener;
import dev.aicore.discovery.projection.flow.ProjectionStatus;
import dev.aicore.discovery.projection.flow.StoreAccess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A real store with read models beside it, both empty at first. */
public final class ModelStore implements AutoCloseable {

    public static final ProjectionSettings SETTINGS =
            new ProjectionSettings(1, 500, 4, Duration.ofMillis(20), Duration.ofSeconds(1));

    /** Whoever has the same name takes over at once: so a restart within a test need not wait for claims. */
    private static final String NODE = "test";

    private final TestPostgres postgres;
    private final WireSerializer serializer = new WireSerializer(new WireRegistry(WireTypes.ALL));
    private final StoreWatch watch;
    private final AppendLane lane;
    private final Map<Integer, Long> sequences = new HashMap<>();
    public final StoreReader reader;
    public final StoreAccess access;

    public ModelStore(TestPostgres postgres) {
        this(postgres, tokens -> tokens);
    }

    public ModelStore(TestPostgres postgres, UnaryOperator<TokenStore> tokens) {
        this(postgres, tokens, postgres.pool(), EventStoreSettings.defaults().readTimeout());
    }

    /**
     * The same, whose projections take their connections of a pool of their own.
     *
     * @param timeout how long they wait for an answer
     */
    public ModelStore(TestPostgres postgres, UnaryOperator<TokenStore> tokens, DataSource pool, Duration timeout) {
        this.postgres = postgres;
        postgres.execute("DROP SCHEMA IF EXISTS store CASCADE", "DROP SCHEMA IF EXISTS models CASCADE");
        var settings = EventStoreSettings.defaults();
        new StoreMigration(pool, settings).migrate();
        new ModelMigration(pool).migrate();
        var timed = new TimedConnections(pool, timeout);
        var reads = new Reads(timed);
        reader = new StoreReader(reads);
        watch = new StoreWatch(reader, settings.watchInterval());
        watch.start();
        lane = new AppendLane(
                LaneConnections.to(postgres.url(), postgres.user(), postgres.password(), settings), "test", settings);
        lane.addListener(watch);
        lane.start();
        var connections = new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(timed));
        access = new StoreAccess(
                new FactStream(new EventPages(reads, serializer, Upcasters.chain()), reader, watch, settings),
                reader::head,
                tokens.apply(JdbcTokenStore.builder()
                        .connectionProvider(connections)
                        .schema(TokenSchema.builder()
                                .setTokenTable("store.tokens")
                                .setProcessorNameColumn("processor_name")
                                .setTokenTypeColumn("token_type")
                                .setTimestampColumn("claimed_at")
                                .build())
                        .serializer(TokenJson.serializer())
                        .contentType(byte[].class)
                        .nodeId(NODE)
                        .build()),
                connections,
                new SpringTransactionManager(new JdbcTransactionManager(timed)),
                timed,
                pool,
                PublishedPositions.fed());
    }

    /** Appends events of one shard as a unit, and tells the last position. */
    public long append(int shard, Object... events) {
        var unit = new ArrayList<NewEntry>();
        for (var event : events) {
            var serialized = serializer.serialize(event, byte[].class);
            unit.add(new NewEntry(
                    shard,
                    sequences.merge(shard, 1L, Long::sum) - 1,
                    serialized.getType().getName(),
                    Integer.parseInt(serialized.getType().getRevision()),
                    !(event instanceof Packed),
                    event instanceof Fact fact ? fact.id() : null,
                    serialized.getData()));
        }
        return lane.append(unit).lastPosition();
    }

    /** Appends a fact that this version doesn't know. */
    public long appendUnknown(int shard) {
        long seq = sequences.merge(shard, 1L, Long::sum) - 1;
        return lane.append(List.of(new NewEntry(shard, seq, "InstanceTeleported", 1, true, "x", new byte[] {'{', '}'})))
                .lastPosition();
    }

    /** Projections that run until closed. */
    public Running run(ProjectionSettings settings, Map<String, BatchFold> folds) {
        return run(settings, folds, CommitListener.NONE);
    }

    /** The same, and someone is told what was folded into {@code instances}. */
    public Running run(ProjectionSettings settings, Map<String, BatchFold> folds, CommitListener listener) {
        var projections = new Projections(access, settings, folds, listener);
        var processor = projections.processor();
        processor.start();
        projections.start();
        return new Running(projections, processor);
    }

    public Running run() {
        return run(SETTINGS, Projections.folds());
    }

    /** Runs projections until they have folded all there is. */
    public void foldAll(ProjectionSettings settings, Map<String, BatchFold> folds) {
        try (var running = run(settings, folds)) {
            running.awaitHead();
        }
    }

    /** Lets processors begin again at the beginning. */
    public void resetTokens() {
        postgres.execute("DELETE FROM store.tokens");
    }

    /** Empties the read models, too. */
    public void forgetModels() {
        resetTokens();
        postgres.execute("TRUNCATE models.instances, models.instance_versions, models.audit, models.last_seen,"
                + " models.check_results, models.watermarks, models.parked_facts, models.configurations,"
                + " models.configuration_versions, models.configuration_schemas");
    }

    /** Every row of what facts were folded into. */
    public List<String> rows() {
        var rows = new ArrayList<String>();
        rows.addAll(texts("SELECT t::text FROM models.instances t ORDER BY id"));
        rows.addAll(texts("SELECT t::text FROM models.instance_versions t ORDER BY id, from_position"));
        rows.addAll(texts("SELECT t::text FROM models.audit t ORDER BY position"));
        rows.addAll(texts("SELECT t::text FROM models.configurations t ORDER BY service"));
        rows.addAll(texts("SELECT t::text FROM models.configuration_versions t ORDER BY service, from_position"));
        rows.addAll(texts("SELECT t::text FROM models.configuration_schemas t ORDER BY service"));
        return rows;
    }

    /** The first column. */
    public List<String> texts(String query) {
        try (var connection = postgres.pool().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public long head() {
        return access.head().get().position();
    }

    public void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    @Override
    public void close() {
        lane.close();
        watch.close();
    }

    /** Running projections. */
    public final class Running implements AutoCloseable {

        public final Projections projections;
        private final EventProcessor processor;

        Running(Projections projections, EventProcessor processor) {
            this.projections = projections;
            this.processor = processor;
        }

        public void awaitHead() {
            long head = head();
            awaitTrue(() -> List.of("instances", "audit", "configurations").stream()
                    .allMatch(name -> projections.watermarks().position(name) >= head));
        }

        /** Lets Axon feed every fact again, and waits for it. */
        public void replay() {
            long head = head();
            var streaming = (StreamingEventProcessor) processor;
            streaming.shutDown();
            streaming.resetTokens();
            streaming.start();
            awaitTrue(() -> !streaming.processingStatus().isEmpty()
                    && streaming.processingStatus().values().stream()
                            .allMatch(segment -> segment.getCurrentPosition().orElse(0) >= head));
        }

        public ProjectionStatus status(String projection) {
            return projections.status().stream()
                    .filter(status -> status.name().equals(projection))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            processor.shutDown();
            projections.close();
        }
    }
}
