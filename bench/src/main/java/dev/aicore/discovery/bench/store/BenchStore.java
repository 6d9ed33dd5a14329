package dev.aicore.discovery.bench.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.bench.store.AppendBench.AppendDesign;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.embedded.postgres.PostgresServer;
import dev.aicore.discovery.eventstore.AppenderDataSource;
import dev.aicore.discovery.eventstore.EventAppender;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Empty store for one round, with measurements of its size. */
final class BenchStore implements AutoCloseable {

    @FunctionalInterface
    interface Step {
        void on(Connection connection) throws SQLException;
    }

    private static final int SHARDS = 256;

    private final PostgresServer postgres;
    private final HikariDataSource pool;
    private final EventAppender eventAppender;

    private BenchStore(PostgresServer postgres, HikariDataSource pool, EventAppender eventAppender) {
        this.postgres = postgres;
        this.pool = pool;
        this.eventAppender = eventAppender;
    }

    static BenchStore open(PostgresServer postgres, AppendDesign appendDesign) throws SQLException {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(postgres.username());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(2);
        try (var connection = pool.getConnection()) {
            StoreSizeRows.dropAll(connection);
        }
        var settings = settings(appendDesign);
        new StoreMigration(pool, settings).migrate();
        var appender = new SingleWriterAppender(
                AppenderDataSource.to(postgres.jdbcUrl(), postgres.username(), postgres.password(), settings),
                "bench",
                settings);
        appender.start();
        return new BenchStore(postgres, pool, appender(appendDesign, appender, pool));
    }

    EventAppender appender() {
        return eventAppender;
    }

    /** Writes the dirty pages of the previous round by a checkpoint. */
    void settle() throws SQLException {
        with(StoreSizeRows::checkpoint);
    }

    void with(Step step) throws SQLException {
        try (var connection = pool.getConnection()) {
            step.on(connection);
        }
    }

    long bytes() throws SQLException {
        try (var connection = pool.getConnection()) {
            return StoreSizeRows.bytes(connection);
        }
    }

    long walBytes() throws SQLException {
        try (var connection = pool.getConnection()) {
            return StoreSizeRows.walBytes(connection);
        }
    }

    Stream<ProcessHandle> postgresProcesses() {
        var postmaster = ProcessHandle.of(postgres.pid()).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
    }

    @Override
    public void close() throws SQLException {
        switch (eventAppender) {
            case SingleWriterAppender appender -> appender.close();
            case PlainGroupCommit plain -> plain.close();
            default -> throw new IllegalStateException("Unknown appender.");
        }
        pool.close();
    }

    private static EventAppender appender(AppendDesign appendDesign, SingleWriterAppender appender, DataSource pool)
            throws SQLException {
        return switch (appendDesign) {
            case PRODUCT, NO_GROUPS -> appender;
            case ONE_STATEMENT -> plain(appender, pool, SingleStatementAppendRows::append);
            case THREE_STATEMENTS -> plain(appender, pool, ThreeStatementRows::append);
            case ONE_TABLE -> {
                try (var connection = pool.getConnection()) {
                    OneTableRows.create(connection);
                }
                yield plain(appender, pool, OneTableRows::append);
            }
        };
    }

    /** Creates the plain appender. The product's appender has created the partitions and is closed. */
    private static EventAppender plain(SingleWriterAppender appender, DataSource pool, PlainGroupCommit.Writer writer)
            throws SQLException {
        appender.close();
        return new PlainGroupCommit(pool.getConnection(), writer);
    }

    private static EventStoreSettings settings(AppendDesign appendDesign) {
        var d = EventStoreSettings.defaults();
        return new EventStoreSettings(
                SHARDS,
                d.lease(),
                appendDesign == AppendDesign.NO_GROUPS ? 1 : d.maxGroupEvents(),
                d.maxGroupBytes(),
                d.maxWaitingUnits(),
                d.acknowledgeWithin(),
                d.connectTimeout(),
                d.socketTimeout(),
                d.statementTimeout(),
                d.initialBackOff(),
                d.maxBackOff(),
                d.partitionWidth(),
                d.partitionsAhead(),
                d.pageSize(),
                d.watchInterval(),
                d.readTimeout());
    }
}
