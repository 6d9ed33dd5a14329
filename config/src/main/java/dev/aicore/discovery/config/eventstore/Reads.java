package dev.aicore.discovery.config.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Runs a query on a pooled connection of its own, outside any unit of work, and waits no longer than told for an answer: the
 * database's machine may have vanished. Who copies or builds an index takes connections of the same pool as they are, and as long
 * as that takes.
 */
public final class Reads {

    @FunctionalInterface
    interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource pool;
    private final int timeoutMillis;

    /**
     * Over a pool that sets a connection's timeout back when it is returned.
     *
     * @param timeout for each answer, from 1 ms
     */
    public Reads(DataSource pool, Duration timeout) {
        this.pool = pool;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /**
     * The query's result.
     *
     * @throws StoreUnavailableException if the database fails, or doesn't answer in time
     */
    <T> T read(Query<T> query) {
        try (var connection = pool.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, timeoutMillis);
            return query.on(connection);
        } catch (SQLException e) {
            throw StoreUnavailableException.nothingDone("The event store can't be read: " + e.getMessage(), e);
        }
    }
}
