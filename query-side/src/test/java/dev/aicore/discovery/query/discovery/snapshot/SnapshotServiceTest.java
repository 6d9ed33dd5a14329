package dev.aicore.discovery.query.discovery.snapshot;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.CacheDocumentFixture.STORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.testing.DeterministicTestConfiguration;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.CacheDocumentFixture;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.query.watching.ChangeTracker;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import dev.aicore.discovery.web.ApiJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/**
 * Tests snapshots against PostgreSQL. Rows changed without a version and a watermark are changed unnoticed: an answer
 * that contains them was read from PostgreSQL, one that doesn't came from memory.
 */
@Tag("integration")
class SnapshotServiceTest {

    private static final String URI = "/api/v1/discover?service_name=";
    private static final Duration CACHE_TTL = Duration.ofSeconds(60);

    @RegisterExtension
    static final QueryFixture registry = QueryFixture.withRedis(
            DeterministicTestConfiguration.class,
            "--service-discovery.registry.discovery.max-cached-instances=100",
            "--service-discovery.registry.discovery.max-read-bytes=300KB",
            "--service-discovery.registry.discovery.stale-limit=5m");

    private static long position;
    private static int tests;

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();
    private final ManualTimeSource time = registry.server().bean(ManualTimeSource.class);
    private final ChangeTracker changes = registry.server().bean(ChangeTracker.class);

    /** Positions continue from test to test, as in a store, and each test has services of its own. */
    private final String web = "web-" + tests++;

    @BeforeEach
    void registerFirstInstance() {
        register(web, "first");
        ok(client, URI + "whatever-begins-the-looks");
        awaitPoll();
        assertThat(ids(discover(web))).containsExactly("first");
    }

    @Test
    void unchangedService_isServedFromCacheAtCurrentPosition() {
        rows.instance(SampleInstance.of(web, "unseen"), position);
        complete();

        var answer = discover(web);

        assertThat(ids(answer)).containsExactly("first");
        assertThat(positionOf(answer)).isEqualTo(position);
        assertThat(answer.path("meta").has("stale")).isFalse();
    }

    @Test
    void change_invalidatesSnapshotOfOwnServiceOnly() {
        register("other-" + web, "other");
        awaitPoll();
        discover("other-" + web);
        rows.instance(SampleInstance.of(web, "unseen"), position);

        register("other-" + web, "another");
        awaitPoll();

        assertThat(ids(discover("other-" + web))).containsExactlyInAnyOrder("other", "another");
        assertThat(ids(discover(web))).containsExactly("first");
    }

    @Test
    void emptySnapshot_isReplacedAfterRegistration() {
        var nobody = "nobody-" + web;
        assertThat(ids(discover(nobody))).isEmpty();

        register(nobody, "here");
        awaitPoll();

        assertThat(ids(discover(nobody))).containsExactly("here");
    }

    @Test
    void minPosition_beyondCachedPosition_isNotServedFromCache() {
        rows.instance(SampleInstance.of(web, "unseen"), position);

        problem(client, URI + web + "&wait=0&min_position=" + (position + 1), 409, "not_yet_visible");
        assertThat(ids(ok(client, URI + web + "&min_position=" + position))).containsExactly("first");
    }

    @Test
    void snapshot_beyondCacheTtl_isReadAgain() {
        rows.instance(SampleInstance.of(web, "unseen"), position);
        time.pass(CACHE_TTL.plusSeconds(1));
        await().until(changes::isFresh);

        assertThat(ids(discover(web))).containsExactlyInAnyOrder("first", "unseen");
    }

    @Test
    void unconfirmedSnapshot_isMarkedStale() {
        new CacheDocumentFixture(registry).withoutPostgres(() -> {
            awaitStaleness();
            var answer = discover(web);
            assertThat(ids(answer)).containsExactly("first");
            assertThat(answer.path("meta").path("stale").asBoolean()).isTrue();
        });
        await().until(changes::isFresh);
        assertThat(discover(web).path("meta").has("stale")).isFalse();
    }

    @Test
    void snapshot_duringOutageOfBothStores_isServedUpToStaleLimit() {
        new CacheDocumentFixture(registry).withoutPostgres(() -> {
            registry.redis().kill();
            awaitStaleness();
            var answer = discover(web);
            assertThat(ids(answer)).containsExactly("first");
            assertThat(answer.path("meta").path("stale").asBoolean()).isTrue();
            assertThat(answer.path("meta").path("age_ms").asLong()).isBetween(1_001L, 10_000L);
            problem(client, URI + web + "&min_position=" + (position + 1), 503, "store_unavailable");
            problem(client, URI + "never-asked-for", 503, "store_unavailable");

            time.pass(Duration.ofMinutes(6));
            problem(client, URI + web, 503, "store_unavailable");
        });
        registry.redis().start();
        await().until(changes::isFresh);
        assertThat(ids(discover(web))).containsExactly("first");
    }

    @Test
    void redisDocument_becomesStaleAfterLastConfirmation() {
        document("in-redis", position);
        new CacheDocumentFixture(registry).withoutPostgres(() -> {
            awaitStaleness();
            time.pass(CACHE_TTL.minusSeconds(20));
            var fresh = discover(web);
            assertThat(ids(fresh)).containsExactly("in-redis");
            assertThat(fresh.path("meta").has("stale")).isFalse();

            time.pass(Duration.ofSeconds(21));
            var old = discover(web);
            assertThat(ids(old)).containsExactly("in-redis");
            assertThat(old.path("meta").path("age_ms").asLong()).isGreaterThan(CACHE_TTL.toMillis());
        });
        await().until(changes::isFresh);
    }

    @Test
    void redisDocument_beforeKnownChange_isMarkedStale() {
        document("in-redis", position);
        register(web, "second");
        awaitPoll();
        new CacheDocumentFixture(registry).withoutPostgres(() -> {
            awaitStaleness();
            var answer = discover(web);
            assertThat(ids(answer)).containsExactly("in-redis");
            assertThat(answer.path("meta").path("stale").asBoolean()).isTrue();
        });
        await().until(changes::isFresh);
    }

    /** An older document in Redis doesn't replace what was read from PostgreSQL. */
    @Test
    void olderRedisDocument_doesNotReplaceCachedSnapshot() {
        document("before", position - 1);
        new CacheDocumentFixture(registry).withoutPostgres(() -> {
            awaitStaleness();
            var answer = discover(web);
            assertThat(ids(answer)).containsExactly("first");
            assertThat(answer.path("meta").path("stale").asBoolean()).isTrue();
        });
        await().until(changes::isFresh);
    }

    @Test
    void oversizedSnapshot_isNotCached() {
        var heavy = "heavy-" + web;
        rows.instance(SampleInstance.of(heavy, "h-0").metadata(Map.of("k", "v".repeat(200_000))), position);
        assertThat(ids(discover(heavy))).containsExactly("h-0");

        rows.instance(SampleInstance.of(heavy, "h-1"), position);

        assertThat(ids(discover(heavy))).containsExactlyInAnyOrder("h-0", "h-1");
    }

    /** The service is read every 40 s, because it changes. Only a complete snapshot has an entity tag. */
    @Test
    void outline_ofShrunkService_isReplacedAfterAMinute() {
        var large = "large-" + web;
        for (var id : List.of("l-0", "l-1")) {
            rows.instance(SampleInstance.of(large, id).metadata(Map.of("k", "v".repeat(200_000))), position);
        }
        problem(client, URI + large, 422, "answer_too_large");
        registry.postgres()
                .execute("UPDATE models.instances SET declaration = jsonb_set(declaration, '{metadata}', '{}')");

        time.pass(Duration.ofSeconds(40));
        register(large, "l-2");
        awaitPoll();
        assertThat(entityTag(large)).as("after 40 s").isNull();

        time.pass(Duration.ofSeconds(40));
        register(large, "l-3");
        awaitPoll();
        assertThat(entityTag(large)).as("after 80 s").isNotNull();
        assertThat(ids(discover(large))).containsExactlyInAnyOrder("l-0", "l-1", "l-2", "l-3");
    }

    private @Nullable String entityTag(String service) {
        var answer = client.get().uri(URI + service).exchange().expectStatus().isOk();
        return answer.returnResult(byte[].class).getResponseHeaders().getETag();
    }

    /** Writes a document of {@link #web}, confirmed just now. */
    private void document(String id, long at) {
        var cacheDocumentFixture = new CacheDocumentFixture(registry);
        cacheDocumentFixture.store();
        cacheDocumentFixture.put(
                web,
                new DocumentHeader(STORE, "1:1", at, time.now().toEpochMilli()),
                ApiJson.mapper()
                        .writeValueAsString(List.of(CacheDocumentFixture.kept(SampleInstance.of(web, id), at))));
        ok(client, URI + "whoever-makes-the-store-known");
    }

    private JsonNode discover(String service) {
        return ok(client, URI + service);
    }

    private void register(String service, String id) {
        rows.instance(SampleInstance.of(service, id), ++position);
        rows.version(SampleInstance.of(service, id), position, null, null);
        rows.watermark("instances", position);
    }

    /** Advances the watermark by one position without a change. */
    private void complete() {
        rows.watermark("instances", ++position);
        awaitPoll();
    }

    private void awaitPoll() {
        await().until(() -> changes.position() == position && changes.isFresh());
    }

    private void awaitStaleness() {
        await().until(() -> {
            time.pass(Duration.ofMillis(1_001));
            return !changes.isFresh();
        });
    }

    private static long positionOf(JsonNode answer) {
        return answer.path("meta").path("position").asLong();
    }
}
