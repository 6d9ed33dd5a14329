package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * The PostgreSQL that keeps events and read models.
 *
 * @param url            {@code postgresql://user:password@host:port/database?parameters}; null means the embedded server
 * @param maxConnections 4 to 1,000; connections of one process, over all of its pools
 * @param idleTimeout    0 s (never) to 24 h; an idle connection is closed after it
 */
@ConfigurationProperties("service-discovery.database.postgres")
public record PostgresSettings(
        @Nullable String url,
        int maxConnections,
        @DurationUnit(ChronoUnit.SECONDS) Duration idleTimeout) {

    private static final String PREFIX = "database.postgres.";
    private static final Duration MIN_IDLE_TIMEOUT = Duration.ofSeconds(10);

    public PostgresSettings {
        url = SettingConstraints.absentIfBlank(url);
        if (url != null) {
            PostgresUrl.parse(url);
        }
        maxConnections = SettingConstraints.between(PREFIX + "max_connections", maxConnections, 4, 1_000);
        idleTimeout =
                SettingConstraints.between(PREFIX + "idle_timeout", idleTimeout, Duration.ZERO, Duration.ofDays(1));
    }

    /** False: no URL is set, and the embedded server is to be used. The accessors below then throw. */
    public boolean external() {
        return url != null;
    }

    /** The same settings for another database, such as the embedded one. */
    public PostgresSettings at(String otherUrl) {
        return new PostgresSettings(otherUrl, maxConnections, idleTimeout);
    }

    /**
     * The idle timeout as HikariCP takes it: nothing between 0 and 10 s, and 0 (never) where connections don't live that long anyway.
     *
     * @param life after so long a connection is replaced, idle or not
     */
    Duration poolIdleTimeout(Duration life) {
        if (idleTimeout.isZero() || idleTimeout.plus(MIN_IDLE_TIMEOUT).compareTo(life) >= 0) {
            return Duration.ZERO;
        }
        return idleTimeout.compareTo(MIN_IDLE_TIMEOUT) < 0 ? MIN_IDLE_TIMEOUT : idleTimeout;
    }

    /** Its name or address, IPv6 without brackets. */
    public String host() {
        return parsed().host();
    }

    public int port() {
        return parsed().port();
    }

    /** Without credentials. */
    public String jdbcUrl() {
        return parsed().jdbcUrl();
    }

    /** Without credentials, as {@code ConnectionFactoryOptions.parse} takes it; give it USER and PASSWORD besides. */
    public String r2dbcUrl() {
        return parsed().r2dbcUrl();
    }

    /** The URL's user, or that of the operating system. */
    public String username() {
        return parsed().username();
    }

    /** Empty if the URL has none. */
    public String password() {
        return parsed().password();
    }

    @Override
    public String toString() {
        return "PostgresSettings[url=%s, maxConnections=%d, idleTimeout=%s]"
                .formatted(url == null ? "embedded" : parsed(), maxConnections, idleTimeout);
    }

    private PostgresUrl parsed() {
        if (url == null) {
            throw new IllegalStateException("database.postgres.url is not set: start the embedded server first");
        }
        return PostgresUrl.parse(url);
    }
}
