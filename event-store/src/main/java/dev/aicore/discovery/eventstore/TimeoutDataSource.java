package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections of a pool on which no answer is waited for longer than told: the database's machine may have vanished, and TCP would wait
 * for it for hours. Who copies or builds an index takes connections of the same pool as they are, and as long as that takes.
 */
public final class TimeoutDataSource extends DelegatingDataSource {

    private final int timeoutMillis;

    /**
     * Over a pool that sets a connection's timeout back when it is returned.
     *
     * @param timeout for each answer, from 1 ms
     */
    public TimeoutDataSource(DataSource pool, Duration timeout) {
        super(pool);
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        try {
            connection.setNetworkTimeout(Runnable::run, timeoutMillis);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
