package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Derives the properties of Spring's JDBC and R2DBC configuration from the registry's settings. The values are derived
 * at each access, because the URL of an embedded server becomes known late.
 */
final class DatabaseProperties extends EnumerablePropertySource<DatabaseProperties.Lookup> {

    private static final String URL = SettingsBinder.PREFIX + PostgresUrl.KEY;

    /** Idle connections that the pool keeps open, so that a single write or fold need not wait for a new connection. */
    private static final int MIN_IDLE = 2;

    private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);

    private static final Map<String, Function<PostgresUrl, String>> DERIVED = Map.of(
            "spring.datasource.url", PostgresUrl::jdbcUrl,
            "spring.datasource.username", PostgresUrl::username,
            "spring.datasource.password", PostgresUrl::password,
            "spring.r2dbc.url", PostgresUrl::r2dbcUrl,
            "spring.r2dbc.username", PostgresUrl::username,
            "spring.r2dbc.password", PostgresUrl::password);

    /**
     * Source of the registry's settings. It is not the environment itself, because Spring treats a source that wraps an
     * environment as a nested set of sources and recurses without end.
     */
    interface Lookup {
        @Nullable
        String get(String property);
    }

    private static final Map<String, Function<SettingsBinder, Object>> POOL_PROPERTIES = Map.of(
            "spring.datasource.hikari.maximum-pool-size",
            settingsBinder -> ConnectionBudget.of(settingsBinder).pool(),
            "spring.datasource.hikari.minimum-idle",
            settings -> Math.min(MIN_IDLE, ConnectionBudget.of(settings).pool()),
            "spring.datasource.hikari.idle-timeout",
            settings -> settings.get(PostgresSettings.class)
                    .poolIdleTimeout(MAX_LIFETIME)
                    .toMillis(),
            "spring.datasource.hikari.max-lifetime",
            settings -> MAX_LIFETIME.toMillis(),
            "spring.datasource.hikari.data-source-properties.tcpKeepAlive",
            settings -> true);

    private final SettingsBinder settingsBinder;

    DatabaseProperties(Lookup properties, SettingsBinder settingsBinder) {
        super("service discovery database", properties);
        this.settingsBinder = settingsBinder;
    }

    @Override
    public String[] getPropertyNames() {
        return Stream.concat(DERIVED.keySet().stream(), POOL_PROPERTIES.keySet().stream())
                .toArray(String[]::new);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        Function<SettingsBinder, Object> ofThePool = POOL_PROPERTIES.get(name);
        return ofThePool == null ? deriveFromUrl(name) : ofThePool.apply(settingsBinder);
    }

    private @Nullable Object deriveFromUrl(String name) {
        Function<PostgresUrl, String> derived = DERIVED.get(name);
        String url = derived == null ? null : SettingConstraints.absentIfBlank(source.get(URL));
        return derived == null || url == null ? null : derived.apply(PostgresUrl.parse(url));
    }
}
