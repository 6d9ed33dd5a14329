package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs each query on a pooled connection of its own, outside any unit of work. */
public final class JdbcQueryRunner {

    @FunctionalInterface
    interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    private final TimeoutDataSource pool;

    public JdbcQueryRunner(TimeoutDataSource pool) {
        this.pool = pool;
    }

    /**
     * Returns the result of a query.
     *
     * @throws StoreUnavailableException if the database fails, or doesn't answer in time
     */
    <T> T read(Query<T> query) {
        try (var connection = pool.getConnection()) {
            return query.on(connection);
        } catch (SQLException e) {
            throw StoreUnavailableException.nothingDone("The event store can't be read: " + e.getMessage(), e);
        }
    }
}
