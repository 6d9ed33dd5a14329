package dev.aicore.discovery.projection.testing;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.BinaryEvent;
import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.AppenderDataSource;
import dev.aicore.discovery.eventstore.EventPageReader;
import dev.aicore.discovery.eventstore.FactMessageSource;
import dev.aicore.discovery.eventstore.HeadPoller;
import dev.aicore.discovery.eventstore.JdbcQueryRunner;
import dev.aicore.discovery.eventstore.NewEvent;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreMigration;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.eventstore.TimeoutDataSource;
import dev.aicore.discovery.eventstore.wire.TrackingTokenJson;
import dev.aicore.discovery.eventstore.wire.Upcasters;
import dev.aicore.discovery.eventstore.wire.WireSerializer;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.ReadModelMigration;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.CommitListener;
import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.projection.processing.StoreAccess;
import dev.aicore.discovery.readmodel.LocalWatermarks;
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

/** Real store with read models, both empty at first. */
public final class ReadModelStoreFixture implements AutoCloseable {

    public static final ProjectionSettings SETTINGS =
            new ProjectionSettings(1, 500, 4, Duration.ofMillis(20), Duration.ofSeconds(1));

    /**
     * Name of the node. A node of the same name takes over at once, so that a restart within a test needn't wait for
     * claims.
     */
    private static final String NODE = "test";

    private final TestPostgres postgres;
    private final WireSerializer serializer = new WireSerializer(new WireTypeRegistry(WireTypes.ALL));
    private final HeadPoller headPoller;
    private final SingleWriterAppender appender;
    private final Map<Integer, Long> sequences = new HashMap<>();
    public final StoreReader reader;
    public final StoreAccess access;

    public ReadModelStoreFixture(TestPostgres postgres) {
        this(postgres, tokens -> tokens);
    }

    public ReadModelStoreFixture(TestPostgres postgres, UnaryOperator<TokenStore> tokens) {
        this(postgres, tokens, postgres.pool(), EventStoreSettings.defaults().readTimeout());
    }

    /**
     * Creates a store whose projections use their own connection pool.
     *
     * @param timeout timeout of their queries
     */
    public ReadModelStoreFixture(
            TestPostgres postgres, UnaryOperator<TokenStore> tokens, DataSource pool, Duration timeout) {
        this.postgres = postgres;
        dropSchemas(postgres);
        var settings = EventStoreSettings.defaults();
        new StoreMigration(pool, settings).migrate();
        new ReadModelMigration(pool).migrate();
        var dataSource = new TimeoutDataSource(pool, timeout);
        var jdbcQueryRunner = new JdbcQueryRunner(dataSource);
        reader = new StoreReader(jdbcQueryRunner);
        headPoller = new HeadPoller(reader, settings.watchInterval());
        headPoller.start();
        appender = new SingleWriterAppender(
                AppenderDataSource.to(postgres.url(), postgres.user(), postgres.password(), settings),
                "test",
                settings);
        appender.addListener(headPoller);
        appender.start();
        access = access(
                pool,
                timeout,
                new FactMessageSource(
                        new EventPageReader(jdbcQueryRunner, serializer, Upcasters.chain()),
                        reader,
                        headPoller,
                        settings),
                reader,
                tokens);
    }

    /** Drops the schemas, again after a deadlock with the last query of an earlier test. */
    private static void dropSchemas(TestPostgres postgres) {
        await().ignoreExceptionsMatching(e -> String.valueOf(e.getMessage()).contains("deadlock"))
                .until(() -> {
                    postgres.execute("DROP SCHEMA IF EXISTS store CASCADE", "DROP SCHEMA IF EXISTS models CASCADE");
                    return true;
                });
    }

    /** Returns the access of projections to a store that exists. */
    public static StoreAccess access(DataSource pool) {
        var settings = EventStoreSettings.defaults();
        var jdbcQueryRunner = new JdbcQueryRunner(new TimeoutDataSource(pool, settings.readTimeout()));
        var reader = new StoreReader(jdbcQueryRunner);
        var serializer = new WireSerializer(new WireTypeRegistry(WireTypes.ALL));
        var facts = new FactMessageSource(
                new EventPageReader(jdbcQueryRunner, serializer, Upcasters.chain()),
                reader,
                new HeadPoller(reader, settings.watchInterval()),
                settings);
        return access(pool, settings.readTimeout(), facts, reader, tokens -> tokens);
    }

    private static StoreAccess access(
            DataSource pool,
            Duration timeout,
            FactMessageSource facts,
            StoreReader reader,
            UnaryOperator<TokenStore> tokens) {
        var dataSource = new TimeoutDataSource(pool, timeout);
        var connections =
                new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(dataSource));
        return new StoreAccess(
                facts,
                reader::head,
                tokens.apply(JdbcTokenStore.builder()
                        .connectionProvider(connections)
                        .schema(TokenSchema.builder()
                                .setTokenTable("store.tokens")
                                .setProcessorNameColumn("processor_name")
                                .setTokenTypeColumn("token_type")
                                .setTimestampColumn("claimed_at")
                                .build())
                        .serializer(TrackingTokenJson.serializer())
                        .contentType(byte[].class)
                        .nodeId(NODE)
                        .build()),
                connections,
                new SpringTransactionManager(new JdbcTransactionManager(dataSource)),
                dataSource,
                pool,
                EventStoreSettings.defaults().lease(),
                LocalWatermarks.fed());
    }

    /** Appends events of one shard as a unit, and returns the last position. */
    public long append(int shard, Object... events) {
        var unit = new ArrayList<NewEvent>();
        for (var event : events) {
            var serialized = serializer.serialize(event, byte[].class);
            unit.add(new NewEvent(
                    shard,
                    sequences.merge(shard, 1L, Long::sum) - 1,
                    serialized.getType().getName(),
                    Integer.parseInt(serialized.getType().getRevision()),
                    !(event instanceof BinaryEvent),
                    event instanceof Fact fact ? fact.id() : null,
                    serialized.getData()));
        }
        return appender.append(unit).lastPosition();
    }

    /** Appends a fact that this version doesn't know, and returns its position. */
    public long appendUnknown(int shard) {
        long seq = sequences.merge(shard, 1L, Long::sum) - 1;
        return appender.append(
                        List.of(new NewEvent(shard, seq, "InstanceTeleported", 1, true, "x", new byte[] {'{', '}'})))
                .lastPosition();
    }

    /** Starts projections that run until closed. */
    public Running run(ProjectionSettings settings, Map<String, BatchFold> folds) {
        return run(settings, folds, CommitListener.NONE);
    }

    /** Starts projections with a listener for facts that were folded into {@code instances}. */
    public Running run(ProjectionSettings settings, Map<String, BatchFold> folds, CommitListener listener) {
        var projectionRuntime = new ProjectionRuntime(access, settings, folds, listener);
        var processor = projectionRuntime.processor();
        processor.start();
        projectionRuntime.start();
        return new Running(projectionRuntime, processor);
    }

    public Running run() {
        return run(SETTINGS, ProjectionRuntime.folds());
    }

    /** Runs projections until they have folded all facts. */
    public void foldAll(ProjectionSettings settings, Map<String, BatchFold> folds) {
        try (var running = run(settings, folds)) {
            running.awaitHead();
        }
    }

    /** Deletes the tokens, so that processors begin at the first fact. */
    public void resetTokens() {
        postgres.execute("DELETE FROM store.tokens");
    }

    /** Deletes the tokens and all rows of the read models. */
    public void forgetModels() {
        resetTokens();
        postgres.execute("TRUNCATE models.instances, models.instance_versions, models.audit, models.last_seen,"
                + " models.check_results, models.watermarks, models.parked_facts, models.configurations,"
                + " models.configuration_versions, models.configuration_schemas, models.key_values");
    }

    /** Returns every row of the read models that facts are folded into. */
    public List<String> rows() {
        var rows = new ArrayList<String>();
        rows.addAll(texts("SELECT t::text FROM models.instances t ORDER BY id"));
        rows.addAll(texts("SELECT t::text FROM models.instance_versions t ORDER BY id, from_position"));
        rows.addAll(texts("SELECT t::text FROM models.audit t ORDER BY position"));
        rows.addAll(texts("SELECT t::text FROM models.configurations t ORDER BY service"));
        rows.addAll(texts("SELECT t::text FROM models.configuration_versions t ORDER BY service, from_position"));
        rows.addAll(texts("SELECT t::text FROM models.configuration_schemas t ORDER BY service"));
        rows.addAll(texts("SELECT t::text FROM models.key_values t ORDER BY key, from_position"));
        return rows;
    }

    /** Returns the first column. */
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
        appender.close();
        headPoller.close();
    }

    /** Running projections. */
    public final class Running implements AutoCloseable {

        public final ProjectionRuntime projectionRuntime;
        private final EventProcessor processor;

        Running(ProjectionRuntime projectionRuntime, EventProcessor processor) {
            this.projectionRuntime = projectionRuntime;
            this.processor = processor;
        }

        public void awaitHead() {
            long head = head();
            awaitTrue(() -> List.of("instances", "audit", "configurations").stream()
                    .allMatch(name -> projectionRuntime.watermarks().position(name) >= head));
        }

        /** Replays every fact by Axon, and waits for the end. */
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
            return projectionRuntime.status().stream()
                    .filter(status -> status.name().equals(projection))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            processor.shutDown();
            projectionRuntime.close();
        }
    }
}
