package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs a query on a pooled connection of its own, outside any unit of work. None waits longer for an answer than the settings say. */
final class Reads {

    @FunctionalInterface
    interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource pool;
    private final int timeoutMillis;

    Reads(DataSource pool, EventStoreSettings settings) {
        this.pool = pool;
        this.timeoutMillis = Math.toIntExact(settings.socketTimeout().toMillis());
    }

    /**
     * The query's result.
     *
     * @throws StoreUnavailableException if the database fails
     */
    <T> T read(Query<T> query) {
        try (var connection = pool.getConnection()) {
            // A network that falls silent would otherwise hold the reader for as long as the system sends again. The
            // pool undoes it.
            connection.setNetworkTimeout(Runnable::run, timeoutMillis);
            return query.on(connection);
        } catch (SQLException e) {
            throw StoreUnavailableException.nothingDone("The event store can't be read: " + e.getMessage(), e);
        }
    }
}
