package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The Redis that is shared as a cache; never the source of truth.
 *
 * @param url            {@code redis://} or {@code rediss://[user:password@]host[:port]}; null means none is configured
 * @param database       0 to 1,023
 * @param prefix         1 to 64 characters put before each key
 * @param maxConnections 1 to 1,000
 */
@ConfigurationProperties("service-discovery.database.redis")
public record RedisSettings(@Nullable String url, int database, String prefix, int maxConnections) {

    private static final String PREFIX = "database.redis.";

    public RedisSettings {
        url = Bounds.absentIfBlank(url);
        if (url != null && !url.matches("rediss?://\\S+")) {
            throw InvalidSetting.hidden(PREFIX + "url", "redis://[user:password@]host[:port] or rediss://…");
        }
        database = Bounds.between(PREFIX + "database", database, 0, 1_023);
        prefix = Bounds.matching(PREFIX + "prefix", prefix, "\\S{1,64}", "1 to 64 characters without blanks");
        maxConnections = Bounds.between(PREFIX + "max_connections", maxConnections, 1, 1_000);
    }

    public boolean external() {
        return url != null;
    }

    @Override
    public String toString() {
        return "RedisSettings[url=%s, database=%d, prefix=%s, maxConnections=%d]"
                .formatted(
                        url == null ? "none" : url.replaceFirst("//[^/]*@", "//***@"),
                        database,
                        prefix,
                        maxConnections);
    }
}
