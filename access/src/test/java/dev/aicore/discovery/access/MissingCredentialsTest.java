package dev.aicore.discovery.access;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests that requests without credentials are denied, unless the server is a development server on loopback. */
class MissingCredentialsTest {
    @Nested
    @SpringBootTest(
            classes = TestServer.class,
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {"server.address=0.0.0.0", "spring.main.banner-mode=off"})
    class OnAllAddresses {
        @LocalServerPort
        private int port;

        @Test
        void request_withoutCredentials_returns401ExceptHealth() {
            requireClosed(port);
        }
    }

    @Nested
    @SpringBootTest(
            classes = TestServer.class,
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = "spring.main.banner-mode=off")
    class OnNoAddressInParticular {
        @LocalServerPort
        private int port;

        @Test
        void request_withoutCredentials_returns401ExceptHealth() {
            requireClosed(port);
        }
    }

    @Nested
    @SpringBootTest(
            classes = TestServer.class,
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "server.address=127.0.0.1",
                "service-discovery.environment=production",
                "spring.main.banner-mode=off"
            })
    class InProduction {
        @LocalServerPort
        private int port;

        @Test
        void request_withoutCredentials_returns401ExceptHealth() {
            requireClosed(port);
        }
    }

    private static void requireClosed(int port) {
        WebTestClient client =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
        client.get().uri("/health").exchange().expectStatus().isOk();
        for (String path :
                new String[] {"/things", "/nowhere", "/health/", "/health;x=y", "//health", "/things/%2e%2e/health"}) {
            client.get()
                    .uri(java.net.URI.create("http://127.0.0.1:" + port + path))
                    .header("X-Forwarded-For", "127.0.0.1")
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .exists("WWW-Authenticate")
                    .expectHeader()
                    .contentType("application/problem+json")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("unauthorized");
        }
        client.post().uri("/health").exchange().expectStatus().isUnauthorized();
    }
}
