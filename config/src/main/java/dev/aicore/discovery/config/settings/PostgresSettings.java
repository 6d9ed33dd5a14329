package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the PostgreSQL database of events and read models. An empty {@code url} is null and stands for the
 * embedded server.
 *
 * @param url postgresql://user:password@host:5432/database?sslmode=require; empty = embedded PostgreSQL in data_dir
 * @param maxConnections 5 to 1000; maximum number of connections of one process, over all of its pools; PostgreSQL
 *     refuses more than its own max_connections, over all processes
 * @param idleTimeout 0 (never) to 24h; idle time after which a connection is closed; two connections stay open
 * @param acquireTimeout 100ms to 60s; maximum wait of a query for a connection, including the connect
 * @param queryTimeout 100ms to 5m; maximum time of one statement of a query
 * @param startupTimeout 0 to 10m; maximum wait at the start until PostgreSQL accepts connections
 */
@ConfigurationProperties("service-discovery.database.postgres")
public record PostgresSettings(
        @Nullable String url,
        @DefaultValue("20") int maxConnections,

        @DefaultValue("600s") @DurationUnit(ChronoUnit.SECONDS)
        Duration idleTimeout,

        @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS)
        Duration acquireTimeout,

        @DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS)
        Duration queryTimeout,

        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS)
        Duration startupTimeout) {

    private static final String PREFIX = "database.postgres.";
    private static final Duration MIN_IDLE_TIMEOUT = Duration.ofSeconds(10);

    public PostgresSettings {
        url = SettingConstraints.absentIfBlank(url);
        if (url != null) {
            PostgresUrl.parse(url);
        }
        maxConnections = SettingConstraints.between(PREFIX + "max_connections", maxConnections, 5, 1_000);
        idleTimeout =
                SettingConstraints.between(PREFIX + "idle_timeout", idleTimeout, Duration.ZERO, Duration.ofDays(1));
        acquireTimeout = SettingConstraints.between(
                PREFIX + "acquire_timeout", acquireTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        queryTimeout = SettingConstraints.between(
                PREFIX + "query_timeout", queryTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        startupTimeout = SettingConstraints.between(
                PREFIX + "startup_timeout", startupTimeout, Duration.ZERO, Duration.ofMinutes(10));
    }

    /**
     * Returns true if a URL is set; false if the embedded server is used. Without a URL, the accessors of its parts
     * throw {@link IllegalStateException}.
     */
    public boolean external() {
        return url != null;
    }

    /** Returns a copy for another database, such as the embedded one. */
    public PostgresSettings at(String otherUrl) {
        return new PostgresSettings(
                otherUrl, maxConnections, idleTimeout, acquireTimeout, queryTimeout, startupTimeout);
    }

    /**
     * Returns the idle timeout for HikariCP. HikariCP accepts no value between 0 and 10 s; 0 stands for never, and is
     * returned if connections don't live that long anyway.
     *
     * @param maxLifetime maximum lifetime of a connection, idle or not
     */
    Duration poolIdleTimeout(Duration maxLifetime) {
        if (idleTimeout.isZero() || idleTimeout.plus(MIN_IDLE_TIMEOUT).compareTo(maxLifetime) >= 0) {
            return Duration.ZERO;
        }
        return idleTimeout.compareTo(MIN_IDLE_TIMEOUT) < 0 ? MIN_IDLE_TIMEOUT : idleTimeout;
    }

    /** Returns the host's name or address, IPv6 without brackets. */
    public String host() {
        return parsed().host();
    }

    public int port() {
        return parsed().port();
    }

    /** Returns the JDBC URL without credentials. */
    public String jdbcUrl() {
        return parsed().jdbcUrl();
    }

    /**
     * Returns the URL for {@code ConnectionFactoryOptions.parse}, without credentials. USER and PASSWORD must be added.
     */
    public String r2dbcUrl() {
        return parsed().r2dbcUrl();
    }

    /** Returns the user of the URL, or of the operating system if the URL has none. */
    public String username() {
        return parsed().username();
    }

    /** Returns the password; empty if the URL has none. */
    public String password() {
        return parsed().password();
    }

    @Override
    public String toString() {
        return ("PostgresSettings[url=%s, maxConnections=%d, idleTimeout=%s, acquireTimeout=%s, queryTimeout=%s,"
                        + " startupTimeout=%s]")
                .formatted(
                        url == null ? "embedded" : parsed(),
                        maxConnections,
                        idleTimeout,
                        acquireTimeout,
                        queryTimeout,
                        startupTimeout);
    }

    private PostgresUrl parsed() {
        if (url == null) {
            throw new IllegalStateException("database.postgres.url is not set: start the embedded server first");
        }
        return PostgresUrl.parse(url);
    }
}
