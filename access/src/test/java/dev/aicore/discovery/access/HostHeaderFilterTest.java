package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.RawHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests that a request has exactly one {@code Host} header, on the hot path and in WebFlux, before authentication. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "spring.main.banner-mode=off"})
class HostHeaderFilterTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/things", TestHotRoute.PATH, "/health", "/nowhere"})
    void request_withoutHostHeader_returns400(String path) {
        assertThat(RawHttpClient.send(port, "GET " + path + " HTTP/1.1", "Connection: close"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json", "\"code\":\"bad_request\"", "The header Host is missing.")
                .containsIgnoringCase("X-Request-Id: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/things", TestHotRoute.PATH})
    void request_withTwoHostHeaders_returns400(String path) {
        assertThat(RawHttpClient.send(
                        port,
                        "GET " + path + " HTTP/1.1",
                        "Host: localhost",
                        "Host: evil.example",
                        "Connection: close"))
                .startsWith("HTTP/1.1 400 ")
                .contains(
                        "application/problem+json",
                        "The header Host was sent 2 times.",
                        "\"rejected_value\":\"localhost, evil.example\"");
    }

    @Test
    void http10Request_withoutHostHeader_isAccepted() {
        assertThat(RawHttpClient.send(port, "GET /things HTTP/1.0")).startsWith("HTTP/1.0 200 ");
    }
}
