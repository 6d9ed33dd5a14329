package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Limits the wait for each answer on the connections of a pool. The database's machine may have vanished, and TCP would
 * wait for it for hours. Code that copies tables or builds an index takes connections of the same pool without the
 * limit, because that takes longer.
 */
public final class TimeoutDataSource extends DelegatingDataSource {

    private final int timeoutMillis;

    /**
     * Creates a data source over a pool that resets a connection's timeout when the connection is returned.
     *
     * @param timeout maximum wait for each answer, from 1 ms
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
