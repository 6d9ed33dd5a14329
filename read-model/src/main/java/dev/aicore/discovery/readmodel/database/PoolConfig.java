package dev.aicore.discovery.readmodel.database;

import static io.r2dbc.spi.ConnectionFactoryOptions.CONNECT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;

/**
 * Settings of a connection pool.
 *
 * @param url {@code r2dbc:postgresql://host:port/database}
 * @param size maximum number of connections; opened on demand
 * @param acquire maximum wait for a connection
 * @param statement maximum time of one statement; also enforced by the server
 * @param idle an idle connection is closed after this time, at most 30 s late; 0 s = never
 */
public record PoolConfig(
        String url, String user, String password, int size, Duration acquire, Duration statement, Duration idle) {

    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);
    private static final Duration MAX_UNWATCHED = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofSeconds(-1);

    /** Creates settings that close idle connections after 10 minutes. */
    public PoolConfig(String url, String user, String password, int size, Duration acquire, Duration statement) {
        this(url, user, password, size, acquire, statement, IDLE);
    }

    /** Opens a database on a pool with these settings, behind a circuit breaker. */
    public Database open(StoreCircuitBreaker storeCircuitBreaker) {
        var options = ConnectionFactoryOptions.parse(url)
                .mutate()
                .option(USER, user)
                .option(PASSWORD, password)
                .option(CONNECT_TIMEOUT, acquire)
                .option(PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT, statement)
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "service-discovery-query")
                // Text format has to be parsed, which is expensive for timestamps.
                .option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true)
                .build();
        var pool = ConnectionPoolConfiguration.builder(ConnectionFactories.get(options))
                .name("query")
                .initialSize(0)
                .maxSize(size)
                .maxAcquireTime(acquire)
                .maxCreateConnectionTime(acquire)
                .maxIdleTime(idle.isZero() ? NEVER : idle)
                .backgroundEvictionInterval(idle.isZero() ? NEVER : shorter(idle, MAX_UNWATCHED))
                .maxLifeTime(MAX_LIFETIME)
                .validationDepth(ValidationDepth.LOCAL)
                .preRelease(connection -> ConnectionUse.end(connection, statement))
                .customizer(builder -> builder.releaseHandler(ConnectionUse::requireOpen))
                .build();
        return new Database(new ConnectionPool(pool), acquire.plus(statement), storeCircuitBreaker);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public String toString() {
        return "Pool[url=%s, user=%s, size=%d, acquire=%s, statement=%s, idle=%s]"
                .formatted(url, user, size, acquire, statement, idle);
    }
}
