package dev.aicore.discovery.access;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests the answers to valid requests, over a real connection. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "spring.main.banner-mode=off"})
class SuccessResponseTest {
    @LocalServerPort
    private int port;

    private WebTestClient client = WebTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        client =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json;charset=UTF-8", "Application/JSON"})
    void validBody_isParsedAndReturns201(String contentType) {
        client.post()
                .uri("/things")
                .header("Content-Type", contentType)
                .bodyValue("""
                        {"name": "ü", "port": 1, "health_check": {"config": {"path": "/p"}}, "metadata": {"k": "🙂"},
                         "tags": ["a", "b"], "any": [1.5, {"x": null}]}""".getBytes(StandardCharsets.UTF_8))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", "/things/1")
                .expectHeader()
                .valueEquals("X-Registry-Position", "7")
                .expectHeader()
                .contentType("application/json")
                .expectBody()
                .json("""
                        {"success": true,
                         "data": {"name": "ü", "port": 1, "enabled": true, "protocol": "http", "path": "/p",
                                  "metadata": {"k": "🙂"}, "tags": ["a", "b"], "any": "[1.5,{\\"x\\":null}]"},
                         "meta": {"position": 7, "at": "2026-11-23T12:00:00.500Z"}}""", JsonCompareMode.STRICT);
    }

    @Test
    void listRequest_returnsPageWithCursor() {
        client.get()
                .uri("/things?include_unhealthy=True&metadata.region=eu")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        {"success": true,
                         "data": [{"service_name": "x100true", "phase": "half_open", "seen_at": "2026-11-23T12:00:00.500Z",
                                   "metadata": {"region": "eu"}}],
                         "meta": {"position": 9, "at": "2026-11-23T12:00:00.500Z", "next_cursor": "next"}}""", JsonCompareMode.STRICT);
    }

    @Test
    void optionalBody_ifMissing_isAccepted() {
        client.post()
                .uri("/things/optional")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data")
                .isEqualTo(false);
    }

    @Test
    void optionalBody_ifPresent_isRead() {
        client.post()
                .uri("/things/optional")
                .header("Content-Type", "application/json")
                .bodyValue("{\"name\": 1}")
                .exchange()
                .expectBody()
                .jsonPath("$.data")
                .isEqualTo(true);
    }

    @Test
    void optionalBody_malformed_returns400() {
        client.post()
                .uri("/things/optional")
                .header("Content-Type", "application/json")
                .bodyValue("{")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void body_atSizeLimit_isRead() {
        String start = "{\"name\":\"";
        client.post()
                .uri("/things/optional")
                .header("Content-Type", "application/json")
                .bodyValue(start + "a".repeat(64 * 1024 - start.length() - 2) + "\"}")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void headRequest_returnsHeadersOfGetWithoutBody() {
        client.head()
                .uri("/things")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Registry-Position", "9")
                .expectBody()
                .isEmpty();
    }
}
