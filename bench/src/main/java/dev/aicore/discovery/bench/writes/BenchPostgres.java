package dev.aicore.discovery.bench.writes;

import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.embedded.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;

/** PostgreSQL with the registry's options, with measurements of its usage. */
public final class BenchPostgres implements AutoCloseable {

    private final PostgresServer postgres;
    private final HikariDataSource pool;

    private BenchPostgres(PostgresServer postgres, HikariDataSource pool) {
        this.postgres = postgres;
        this.pool = pool;
    }

    /** Starts PostgreSQL on a directory, which is empty or contains data of an earlier one. */
    public static BenchPostgres start(Path directory) {
        var postgres = PostgresServer.start(directory);
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(postgres.username());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(1);
        return new BenchPostgres(postgres, pool);
    }

    PostgresServer postgres() {
        return postgres;
    }

    ResourceUsage meter() throws SQLException {
        try (var connection = pool.getConnection()) {
            return ResourceUsage.read(
                    postgres,
                    DatabaseSizeRows.tableBytes(connection),
                    DatabaseSizeRows.walBytes(connection),
                    DatabaseSizeRows.events(connection));
        }
    }

    @Override
    public void close() {
        pool.close();
        postgres.close();
    }
}
