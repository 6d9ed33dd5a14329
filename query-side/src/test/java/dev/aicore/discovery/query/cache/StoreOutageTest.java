package dev.aicore.discovery.query.cache;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static dev.aicore.discovery.query.testing.CacheDocumentFixture.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.CacheDocumentFixture;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.web.ApiJson;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests outages of either store: no answer is empty by mistake, and each store is used again after its outage. */
@Tag("integration")
class StoreOutageTest {

    private static final String URI = "/api/v1/discover?service_name=web";
    private static final String ONLY_IN_POSTGRES = "/api/v1/discover?service_name=db";

    @RegisterExtension
    static final QueryFixture registry = QueryFixture.withRedis();

    private final ReadModelRows rows = registry.rows();
    private final CacheDocumentFixture cacheDocumentFixture = new CacheDocumentFixture(registry);
    private final WebTestClient client = registry.client();

    @BeforeEach
    void fillBothStores() {
        cacheDocumentFixture.store();
        rows.instance(SampleInstance.of("web", "in-postgres"), 10);
        rows.instance(SampleInstance.of("db", "of-db"), 11);
        cacheDocumentFixture.put("web", STORE, 15, Duration.ZERO, SampleInstance.of("web", "in-redis"));
        awaitAnswer("in-redis");
        awaitBreakers("closed", "closed");
    }

    @Test
    void discover_whileRedisHangs_readsPostgres() {
        registry.redis().halt();

        for (int i = 0; i < 30; i++) {
            assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
        }
        assertThat(breakers().getLast()).isNotEqualTo("closed");
        awaitReadinessWithoutRedis();

        registry.redis().resume();
        awaitAnswer("in-redis");
        awaitBreakers("closed", "closed");
    }

    @Test
    void discover_afterRedisCrash_readsPostgres() {
        registry.redis().kill();

        for (int i = 0; i < 30; i++) {
            assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
        }
        assertThat(breakers().getLast()).isNotEqualTo("closed");
        awaitReadinessWithoutRedis();

        registry.redis().start();
        assertThat(ids(ok(client, URI))).containsExactly("in-postgres");
        cacheDocumentFixture.put("web", STORE, 15, Duration.ZERO, SampleInstance.of("web", "in-redis"));
        awaitAnswer("in-redis");
    }

    @Test
    void discover_duringPostgresOutage_readsRedis() {
        cacheDocumentFixture.withoutPostgres(() -> {
            for (int i = 0; i < 30; i++) {
                assertThat(ids(ok(client, URI))).containsExactly("in-redis");
                problem(client, ONLY_IN_POSTGRES, 503, "store_unavailable");
            }
            client.get().uri(ONLY_IN_POSTGRES).exchange().expectHeader().valueEquals("Retry-After", "1");
            problem(client, URI + "&min_position=16", 503, "store_unavailable");
            assertThat(breakers()).first().isNotEqualTo("closed");
            // Results are cached for 250 ms.
            Awaitility.await().untilAsserted(() -> problem(client, "/health?deep=true", 503, "not_ready"));
        });

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(ids(ok(client, ONLY_IN_POSTGRES))).containsExactly("of-db"));
        awaitBreakers("closed", "closed");
    }

    @Test
    void unknownNames_leaveCircuitBreakersClosed() {
        for (int i = 0; i < 30; i++) {
            problem(client, "/api/v1/services/nobody", 404, "unknown_instance");
            assertThat(ids(ok(client, "/api/v1/discover?service_name=nobody"))).isEmpty();
        }
        assertThat(breakers()).containsExactly("closed", "closed");
    }

    private void awaitReadinessWithoutRedis() {
        Awaitility.await().untilAsserted(() -> {
            client.get().uri("/health?ready=true").exchange().expectStatus().isOk();
            client.get()
                    .uri("/health?deep=true")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.checks[?(@.name == 'redis')].detail")
                    .isEqualTo("does not answer; reads use PostgreSQL");
        });
    }

    /** Sends requests while waiting: a circuit breaker closes only after successful calls. */
    private void awaitAnswer(String id) {
        Awaitility.await().untilAsserted(() -> assertThat(ids(ok(client, URI))).containsExactly(id));
    }

    private void awaitBreakers(String... states) {
        Awaitility.await().untilAsserted(() -> {
            ok(client, URI);
            ok(client, ONLY_IN_POSTGRES);
            assertThat(breakers()).containsExactly(states);
        });
    }

    /** Returns the states of the circuit breakers of PostgreSQL and Redis. */
    private List<String> breakers() {
        var body = client.get()
                .uri("/api/v1/status")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        var breakers = ApiJson.mapper().readTree(body).path("data").path("breakers");
        assertThat(texts(breakers, "name")).containsExactly("postgres", "redis");
        return texts(breakers, "state");
    }
}
