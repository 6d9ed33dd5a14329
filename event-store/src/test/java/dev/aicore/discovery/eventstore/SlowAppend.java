package dev.aicore.discovery.eventstore;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Append by another connection that isn't committed yet: it holds the head, and its fact isn't visible to others. */
final class SlowAppend implements AutoCloseable {

    private final TestPostgres postgres;
    private final Connection connection;

    private SlowAppend(TestPostgres postgres, Connection connection) {
        this.postgres = postgres;
        this.connection = connection;
    }

    /** Takes the next position for a fact of shard 3. */
    static SlowAppend begin(TestPostgres postgres, long seq) {
        try {
            var connection = postgres.pool().getConnection();
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("UPDATE store.head SET position = position + 1");
                statement.execute("""
                        INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, payload)
                        SELECT position, %d, recorded_at, 3, 1, 'Opened', '{"shard":"slow"}' FROM store.head""".formatted(seq));
            }
            return new SlowAppend(postgres, connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts an append, and waits until the appender waits for this connection's lock. */
    CompletableFuture<Void> whileLaneWaits(Runnable append) {
        var appended = inBackground(append);
        await().until(() -> postgres.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name = 'service-discovery-lane' AND wait_event_type = 'Lock'")
                == 1);
        return appended;
    }

    static CompletableFuture<Void> inBackground(Runnable append) {
        return CompletableFuture.runAsync(append, Executors.newVirtualThreadPerTaskExecutor());
    }

    void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rolls back the append unless it was committed. */
    @Override
    public void close() {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
