package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the shared Redis cache, which is never the source of truth. An empty {@code url} is null.
 *
 * @param url redis://[user:password@]host:6379, or rediss:// for TLS; empty = embedded Redis in data_dir, or, if there
 *     is a postgres.url, no cache, and changes are announced by NOTIFY
 * @param database 0 to 1023; number of the database; a number in the URL's path takes precedence
 * @param prefix prefix of every key and channel, 1 to 64 characters; registries with different stores need different
 *     prefixes
 * @param maxConnections 1 to 1000; maximum number of connections of one process, which uses two: one to read and one to
 *     write
 * @param commandTimeout 10ms to 10s; maximum duration of a command; a longer one is abandoned, and PostgreSQL is read
 *     instead
 * @param connectTimeout 100ms to 1m; maximum duration of an attempt to connect
 */
@ConfigurationProperties("service-discovery.database.redis")
public record RedisSettings(
        @Nullable String url,
        @DefaultValue("0") int database,
        @DefaultValue("service_discovery:") String prefix,
        @DefaultValue("20") int maxConnections,

        @DefaultValue("200ms") @DurationUnit(ChronoUnit.SECONDS)
        Duration commandTimeout,

        @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS)
        Duration connectTimeout) {

    private static final String PREFIX = "database.redis.";
    private static final int DEFAULT_PORT = 6379;
    private static final Pattern AUTHORITY =
            Pattern.compile("rediss?://(?:[^/]*@)?(?<host>\\[[^]]+]|[^:/?#]+)(?::(?<port>\\d{1,5}))?");

    public RedisSettings {
        url = SettingConstraints.absentIfBlank(url);
        if (url != null && !url.matches("rediss?://\\S+")) {
            throw InvalidSettingException.withoutValue(
                    PREFIX + "url", "redis://[user:password@]host[:port] or rediss://…");
        }
        database = SettingConstraints.between(PREFIX + "database", database, 0, 1_023);
        prefix = SettingConstraints.matching(
                PREFIX + "prefix", prefix, "\\S{1,64}", "1 to 64 characters without blanks");
        maxConnections = SettingConstraints.between(PREFIX + "max_connections", maxConnections, 1, 1_000);
        commandTimeout = SettingConstraints.between(
                PREFIX + "command_timeout", commandTimeout, Duration.ofMillis(10), Duration.ofSeconds(10));
        connectTimeout = SettingConstraints.between(
                PREFIX + "connect_timeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    }

    public boolean external() {
        return url != null;
    }

    /**
     * Returns the host of the URL, without the brackets of an IPv6 address.
     *
     * @throws IllegalStateException if no Redis is configured
     */
    public String host() {
        return authority().group("host").replaceAll("[\\[\\]]", "");
    }

    /**
     * Returns the port of the URL, or the default 6379.
     *
     * @throws IllegalStateException if no Redis is configured
     */
    public int port() {
        var port = authority().group("port");
        return port == null ? DEFAULT_PORT : Integer.parseInt(port);
    }

    private Matcher authority() {
        var matcher = AUTHORITY.matcher(url == null ? "" : url);
        if (!matcher.lookingAt()) {
            throw new IllegalStateException("No Redis is configured.");
        }
        return matcher;
    }

    @Override
    public String toString() {
        return "RedisSettings[url=%s, database=%d, prefix=%s, maxConnections=%d, commandTimeout=%s, connectTimeout=%s]"
                .formatted(
                        url == null ? "none" : url.replaceFirst("//[^/]*@", "//***@"),
                        database,
                        prefix,
                        maxConnections,
                        commandTimeout,
                        connectTimeout);
    }
}
