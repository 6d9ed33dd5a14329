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

/** The query side over a real PostgreSQL with the migrations of the store and the read models: empty tables for each test. */
public final class QueryFixture implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final String KEPT = "--service-discovery.registry.discovery.kept-instances=";

    private final TestPostgres postgres = new TestPostgres();
    private final ReadModelRows rows = new ReadModelRows(postgres);
    private final @Nullable Class<?> more;
    private final @Nullable TestRedis redis;
    private final String[] options;
    private @Nullable QueryServer server;

    public QueryFixture() {
        this(null);
    }

    /** @param more configuration besides, such as probes */
    public QueryFixture(@Nullable Class<?> more) {
        this(more, null);
    }

    private QueryFixture(@Nullable Class<?> more, @Nullable TestRedis redis, String... options) {
        this.more = more;
        this.redis = redis;
        this.options = options;
    }

    /** The same with a real Redis besides, empty for each test, too. */
    public static QueryFixture withRedis(String... options) {
        return new QueryFixture(null, new TestRedis(), options);
    }

    /** With these settings. */
    public static QueryFixture with(String... options) {
        return new QueryFixture(null, null, options);
    }

    /** With a real Redis, more configuration, and these settings. */
    public static QueryFixture withRedis(Class<?> more, String... options) {
        return new QueryFixture(more, new TestRedis(), options);
    }

    public TestRedis redis() {
        return Objects.requireNonNull(redis);
    }

    public WebTestClient client() {
        return server().client();
    }

    /** What the read models hold. */
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

    /** One more server on the same database, for the caller to close. */
    public QueryServer another(Class<?> more, String... settings) {
        return start(more, settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        postgres.open();
        var all = new ArrayList<>(List.of(options));
        if (all.stream().noneMatch(option -> option.startsWith(KEPT))) {
            // Most tests change rows behind the back of the projections, which nothing in memory would notice.
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
