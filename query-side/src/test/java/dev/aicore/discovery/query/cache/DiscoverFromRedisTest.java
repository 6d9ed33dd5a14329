package dev.aicore.discovery.query.cache;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.CacheDocumentFixture.OTHER;
import static dev.aicore.discovery.query.testing.CacheDocumentFixture.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.query.testing.CacheDocumentFixture;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Tests discovery from Redis. PostgreSQL contains {@code in-postgres} and documents contain {@code in-redis}, so each
 * answer shows where it was read.
 */
@Tag("integration")
class DiscoverFromRedisTest {

    private static final String URI = "/api/v1/discover?service_name=web";
    private static final Duration NOW = Duration.ZERO;
    private static final Duration TOO_OLD = Duration.ofSeconds(61);

    /** Time before the first discovery, with which the process reads the store for the first time. */
    private static Instant before;

    @RegisterExtension
    static final QueryFixture registry =
            QueryFixture.withRedis("--service-discovery.database.redis.command-timeout=5s");

    private final ReadModelRows rows = registry.rows();
    private final CacheDocumentFixture cacheDocumentFixture = new CacheDocumentFixture(registry);
    private final WebTestClient client = registry.client();

    @BeforeAll
    static void recordTime() {
        before = Instant.now().minusSeconds(5);
    }

    @BeforeEach
    void fillBothStores() {
        cacheDocumentFixture.store();
        rows.instance(SampleInstance.of("web", "in-postgres"), 10);
        rows.watermark("instances", 20);
        cacheDocumentFixture.put("web", STORE, 15, NOW, SampleInstance.of("web", "in-redis"));
        Awaitility.await().until(() -> ids(ok(client, URI)).contains("in-redis"));
    }

    @Test
    void document_isReturnedWithPosition() {
        var answer = ok(client, URI);

        assertThat(ids(answer)).containsExactly("in-redis");
        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(15);
        var instance = answer.path("data").path("services").get(0);
        assertThat(instance.path("owner").asString()).isEqualTo("alice");
        assertThat(instance.path("registered_at").asString()).isEqualTo("2026-11-23T12:00:00.000Z");
        assertThat(instance.has("last_heartbeat")).isFalse();
    }

    @Test
    void discover_fromRedisAndPostgres_returnsEqualData() {
        var same = SampleInstance.of("api", "a-1").metadata(Map.of("k", "v")).tags("blue");
        rows.instance(same, 10);
        rows.seen(3, 0, 12, ReadModelRows.AT);
        var uri = "/api/v1/discover?service_name=api";
        var fromPostgres = ok(client, uri).path("data");

        cacheDocumentFixture.put("api", STORE, 10, NOW, same);

        assertThat(ok(client, uri).path("meta").path("position").asLong()).isEqualTo(10);
        assertThat(ok(client, uri).path("data")).isEqualTo(fromPostgres);
    }

    @Test
    void missingDocument_isReadFromPostgres() {
        registry.redis().commands().flushall();

        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
        assertThat(ids(ok(client, "/api/v1/discover?service_name=nobody"))).isEmpty();
    }

    @Test
    void documentOfOtherStore_isReadFromPostgres() {
        cacheDocumentFixture.put("web", OTHER, 15, NOW, SampleInstance.of("web", "in-redis"));

        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
    }

    /** Verifies a document whose position the store didn't have when it was first read, after the document's time. */
    @Test
    void documentOfLostEvents_isReadFromPostgres() {
        cacheDocumentFixture.put("web", STORE, 121, sinceBefore(), SampleInstance.of("web", "in-redis"));
        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");

        cacheDocumentFixture.put("web", STORE, 121, NOW, SampleInstance.of("web", "in-redis"));
        assertThat(ids(ok(client, URI))).containsExactly("in-redis");
    }

    /** Verifies that an epoch of lost events neither confirms a document nor raises its position. */
    @Test
    void epochOfLostEvents_isIgnored() {
        cacheDocumentFixture.epoch(STORE, 121, sinceBefore());
        var answer = ok(client, URI);
        assertThat(ids(answer)).containsExactly("in-redis");
        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(15);

        cacheDocumentFixture.put("web", STORE, 15, TOO_OLD, SampleInstance.of("web", "in-redis"));
        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no document",
                "null",
                "[]",
                "[null]",
                "[{\"id\":\"x\"}]",
                "[{\"id\":",
            })
    void unreadableInstances_areReadFromPostgres(String instances) {
        cacheDocumentFixture.put("web", header("1:1"), instances);

        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "position", "at", "instances"})
    void documentWithoutField_isReadFromPostgres(String field) {
        registry.redis().commands().hdel(CacheDocumentFixture.keyOf("web"), field);

        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
    }

    /** Verifies that a foreign key is no failure of Redis, which would open the circuit breaker. */
    @Test
    void keyOfOtherType_isReadFromPostgres() {
        registry.redis().commands().set(CacheDocumentFixture.keyOf("web"), "no document");
        cacheDocumentFixture.put("api", STORE, 15, NOW, SampleInstance.of("api", "in-redis"));

        for (int i = 0; i < 30; i++) {
            assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
        }
        assertThat(ids(ok(client, "/api/v1/discover?service_name=api"))).containsExactly("in-redis");
    }

    @Test
    void tombstoneDocument_isReadFromPostgres() {
        cacheDocumentFixture.put(
                "web", CacheDocumentFixture.fields(header(DocumentHeader.NONE).fields()));

        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
    }

    @Test
    void unconfirmedDocument_beyondMaxAge_isReadFromPostgres() {
        cacheDocumentFixture.put("web", STORE, 15, TOO_OLD, SampleInstance.of("web", "in-redis"));
        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");

        cacheDocumentFixture.epoch(STORE, 18, TOO_OLD);
        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");

        cacheDocumentFixture.epoch(OTHER, 18, NOW);
        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");

        cacheDocumentFixture.epoch(STORE, 18, NOW);
        var confirmed = ok(client, URI);
        assertThat(ids(confirmed)).containsExactly("in-redis");
        assertThat(confirmed.path("meta").path("position").asLong()).isEqualTo(18);
    }

    @Test
    void documentFromFuture_isReadFromPostgres() {
        cacheDocumentFixture.put("web", STORE, 15, TOO_OLD.negated(), SampleInstance.of("web", "in-redis"));

        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
    }

    @Test
    void minPosition_beyondDocument_isReadFromPostgres() {
        assertThat(ids(ok(client, URI + "&min_position=15"))).containsExactly("in-redis");
        assertThat(ids(ok(client, URI + "&min_position=16"))).containsExactly("in-postgres");
        problem(client, URI + "&min_position=21&wait=0", 409, "not_yet_visible");
    }

    @Test
    void document_withFilters_appliesFiltersAndPanic() {
        cacheDocumentFixture.put(
                "web",
                STORE,
                15,
                NOW,
                SampleInstance.of("web", "a").health(HealthState.UNHEALTHY),
                SampleInstance.of("web", "b").health(HealthState.UNHEALTHY).version("2.0.0"));

        var answer = ok(client, URI + "&version=2.0.0");

        assertThat(ids(answer)).containsExactly("b");
        assertThat(answer.path("data").path("panic").asBoolean()).isTrue();
    }

    private static Duration sinceBefore() {
        return Duration.between(before, Instant.now());
    }

    private static DocumentHeader header(String mark) {
        return new DocumentHeader(STORE, mark, 15, Instant.now().toEpochMilli());
    }
}
