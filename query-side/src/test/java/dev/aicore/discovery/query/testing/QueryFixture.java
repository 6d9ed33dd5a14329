package dev.aicore.discovery.query.testing;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Query side over a real PostgreSQL with the migrations of the store and the read models; the tables are emptied before
 * each test.
 */
public final class QueryFixture implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final String KEPT = "--service-discovery.registry.discovery.max-cached-instances=";

    private final TestPostgres postgres = new TestPostgres();
    private final ReadModelRows rows = new ReadModelRows(postgres);
    private final @Nullable Class<?> more;
    private final @Nullable TestRedis redis;
    private final String[] options;
    private @Nullable QueryServer server;

    public QueryFixture() {
        this(null);
    }

    /**
     * Creates a fixture.
     *
     * @param more additional configuration, e.g. readiness indicators; may be null
     */
    public QueryFixture(@Nullable Class<?> more) {
        this(more, null);
    }

    private QueryFixture(@Nullable Class<?> more, @Nullable TestRedis redis, String... options) {
        this.more = more;
        this.redis = redis;
        this.options = options;
    }

    /** Returns a fixture with a real Redis, which is emptied before each test as well. */
    public static QueryFixture withRedis(String... options) {
        return new QueryFixture(null, new TestRedis(), options);
    }

    /** Returns a fixture with these settings. */
    public static QueryFixture with(String... options) {
        return new QueryFixture(null, null, options);
    }

    /** Returns a fixture with a real Redis, additional configuration and these settings. */
    public static QueryFixture withRedis(Class<?> more, String... options) {
        return new QueryFixture(more, new TestRedis(), options);
    }

    public TestRedis redis() {
        return Objects.requireNonNull(redis);
    }

    public WebTestClient client() {
        return server().client();
    }

    /** Returns access to the rows of the read models. */
    public ReadModelRows rows() {
        return rows;
    }

    public TestPostgres postgres() {
        return postgres;
    }

    public QueryServer server() {
        if (server == null) {
            throw new IllegalStateException("The server is started before all tests of the class.");
        }
        return server;
    }

    /** Starts another server on the same database, which the caller must close. */
    public QueryServer another(Class<?> more, String... settings) {
        return start(more, settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        postgres.open();
        var all = new ArrayList<>(List.of(options));
        if (all.stream().noneMatch(option -> option.startsWith(KEPT))) {
            // Disables the snapshots: most tests change rows without the projections, which snapshots wouldn't notice.
            all.add(KEPT + "0");
        }
        if (redis != null) {
            redis.beforeAll(context);
            all.add("--service-discovery.database.redis.url=" + redis.url());
            all.add("--service-discovery.database.redis.prefix=test:");
        }
        migrate("store");
        migrate("models");
        server = start(more, all.toArray(String[]::new));
    }

    private QueryServer start(@Nullable Class<?> with, String... settings) {
        return QueryServer.start(
                "r2dbc:postgresql://localhost:" + postgres.port() + "/" + postgres.database(),
                postgres.user(),
                postgres.password(),
                with,
                settings);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        rows.clear();
        if (redis != null) {
            redis.beforeEach(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server().close();
        if (redis != null) {
            redis.afterAll(context);
        }
        postgres.close();
    }

    private void migrate(String schema) {
        Flyway.configure()
                .dataSource(postgres.url(), postgres.user(), postgres.password())
                .schemas(schema)
                .defaultSchema(schema)
                .locations("classpath:db/" + schema)
                .load()
                .migrate();
    }
}
