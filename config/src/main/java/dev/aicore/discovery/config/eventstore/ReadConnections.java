package dev.aicore.discovery.config.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Connections for those who read the store: a pool of their own, whose connections wait for no answer without a bound. Those of the
 * other may, since copying and building indexes take as long as they take.
 */
public final class ReadConnections implements AutoCloseable {

    private final HikariDataSource pool;

    private ReadConnections(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * Connections to the same database as those of that other pool.
     *
     * @param most how many at once
     * @param timeout for an answer
     */
    public static ReadConnections beside(HikariDataSource other, int most, Duration timeout) {
        var config = new HikariConfig();
        config.setPoolName("registry-store");
        config.setJdbcUrl(other.getJdbcUrl());
        config.setUsername(other.getUsername());
        config.setPassword(other.getPassword());
        config.setConnectionTimeout(other.getConnectionTimeout());
        config.setIdleTimeout(other.getIdleTimeout());
        config.setMaxLifetime(other.getMaxLifetime());
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(1);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", LaneConnections.seconds(timeout));
        return new ReadConnections(new HikariDataSource(config));
    }

    public DataSource pool() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
