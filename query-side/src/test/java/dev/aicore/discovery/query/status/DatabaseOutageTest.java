package dev.aicore.discovery.query.status;

import static dev.aicore.discovery.query.testing.ApiClient.problem;

import dev.aicore.discovery.query.testing.QueryServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Verifies that no answer is empty by mistake while the database is unavailable. */
@Tag("integration")
class DatabaseOutageTest {

    private static QueryServer server;
    private static WebTestClient client;

    @BeforeAll
    static void start() {
        server = QueryServer.start("r2dbc:postgresql://127.0.0.1:1/nowhere", "nobody", "", null);
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/services",
                "/api/v1/services/a",
                "/api/v1/services/a/history",
                "/api/v1/discover?service_name=web",
                "/api/v1/discover?service_name=web&min_position=5",
                "/api/v1/discover?service_name=web&index=5",
                "/api/v1/watch?service_name=web",
                "/api/v1/watch?service_name=web&last_event_id=5"
            })
    void reads_duringDatabaseOutage_return503WithRetryAfter(String uri) {
        problem(client, uri, 503, "store_unavailable");
        client.get().uri(uri).exchange().expectHeader().valueEquals("Retry-After", "1");
    }

    @Test
    void health_duringDatabaseOutage_isAliveAndReadyButNotDeeply() {
        client.get().uri("/health").exchange().expectStatus().isOk();
        client.get().uri("/health?ready=true").exchange().expectStatus().isOk();
        problem(client, "/health?deep=true", 503, "not_ready");
    }

    @Test
    void status_duringDatabaseOutage_omitsStore() {
        client.get()
                .uri("/api/v1/status")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("X-Registry-Position")
                .expectBody()
                .jsonPath("$.data.ready")
                .isEqualTo(false)
                .jsonPath("$.data.node")
                .isEqualTo("node-1")
                .jsonPath("$.data.store")
                .doesNotExist()
                .jsonPath("$.meta.position")
                .doesNotExist();
    }
}
