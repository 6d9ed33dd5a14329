package dev.aicore.discovery.config.settings;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * What the framework's own JDBC and R2DBC configuration wants to know, derived from the database URL whenever it is asked, so that
 * a URL that is known late (an embedded server's) counts too.
 */
final class DatabaseProperties extends EnumerablePropertySource<DatabaseProperties.Lookup> {

    private static final String URL = Settings.PREFIX + PostgresUrl.KEY;

    private static final Map<String, Function<PostgresUrl, String>> DERIVED = Map.of(
            "spring.datasource.url", PostgresUrl::jdbcUrl,
            "spring.datasource.username", PostgresUrl::username,
            "spring.datasource.password", PostgresUrl::password,
            "spring.r2dbc.url", PostgresUrl::r2dbcUrl,
            "spring.r2dbc.username", PostgresUrl::username,
            "spring.r2dbc.password", PostgresUrl::password);

    /** Not the environment itself: the framework takes a source that wraps one for a nested set of sources, without end. */
    interface Lookup {
        @Nullable
        String get(String property);
    }

    DatabaseProperties(Lookup properties) {
        super("service discovery database", properties);
    }

    @Override
    public String[] getPropertyNames() {
        return DERIVED.keySet().toArray(String[]::new);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        Function<PostgresUrl, String> derived = DERIVED.get(name);
        String url = derived == null ? null : Bounds.absentIfBlank(source.get(URL));
        return derived == null || url == null ? null : derived.apply(PostgresUrl.parse(url));
    }
}
