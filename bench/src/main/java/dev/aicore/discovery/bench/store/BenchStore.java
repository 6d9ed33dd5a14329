package dev.aicore.discovery.bench.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.config.eventstore.AppendLane;
import dev.aicore.discovery.config.eventstore.Appender;
import dev.aicore.discovery.config.eventstore.LaneConnections;
import dev.aicore.discovery.config.eventstore.StoreMigration;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.server.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** An empty store for one round, and what it has come to cost. */
final class BenchStore implements AutoCloseable {

    @FunctionalInterface
    interface Step {
        void on(Connection connection) throws SQLException;
    }

    private static final int SHARDS = 256;

    private final PostgresServer postgres;
    private final HikariDataSource pool;
    private final Appender appender;

    private BenchStore(PostgresServer postgres, HikariDataSource pool, Appender appender) {
        this.postgres = postgres;
        this.pool = pool;
        this.appender = appender;
    }

    static BenchStore open(PostgresServer postgres, Design design) throws SQLException {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(postgres.username());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(2);
        try (var connection = pool.getConnection()) {
            StoreSizeRows.dropAll(connection);
        }
        var settings = settings(design);
        new StoreMigration(pool, settings).migrate();
        var lane = new AppendLane(
                LaneConnections.to(postgres.jdbcUrl(), postgres.username(), postgres.password(), settings),
                "bench",
                settings);
        lane.start();
        return new BenchStore(postgres, pool, appender(design, lane, pool));
    }

    Appender appender() {
        return appender;
    }

    /** Puts the round before behind: its dirty pages are written. */
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
        switch (appender) {
            case AppendLane lane -> lane.close();
            case PlainLane plain -> plain.close();
            default -> throw new IllegalStateException("There are two lanes.");
        }
        pool.close();
    }

    private static Appender appender(Design design, AppendLane lane, DataSource pool) throws SQLException {
        return switch (design) {
            case PRODUCT, NO_GROUPS -> lane;
            case ONE_STATEMENT -> plain(lane, pool, OneStatementRows::append);
            case THREE_STATEMENTS -> plain(lane, pool, ThreeStatementRows::append);
            case ONE_TABLE -> {
                try (var connection = pool.getConnection()) {
                    OneTableRows.create(connection);
                }
                yield plain(lane, pool, OneTableRows::append);
            }
        };
    }

    /** The product's lane has made the partitions; from here on it is out of the way. */
    private static Appender plain(AppendLane lane, DataSource pool, PlainLane.Writer writer) throws SQLException {
        lane.close();
        return new PlainLane(pool.getConnection(), writer);
    }

    private static EventStoreSettings settings(Design design) {
        var d = EventStoreSettings.defaults();
        return new EventStoreSettings(
                SHARDS,
                d.lease(),
                d.claimWait(),
                design == Design.NO_GROUPS ? 1 : d.maxGroupEvents(),
                d.maxGroupBytes(),
                d.maxWaitingUnits(),
                d.acknowledgeWithin(),
                d.connectTimeout(),
                d.socketTimeout(),
                d.statementTimeout(),
                d.firstBackOff(),
                d.maxBackOff(),
                d.partitionWidth(),
                d.partitionsAhead(),
                d.pageSize(),
                d.watchInterval(),
                d.readTimeout());
    }
}
