package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.RawHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests access control of a development server bound to loopback, and the caller of an admitted request. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "spring.main.banner-mode=off"})
class AccessControlTest {
    @LocalServerPort
    private int port;

    private WebTestClient client = WebTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        client =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @Test
    void loopbackCaller_isAnonymousAdmin() {
        client.get()
                .uri("/things/caller")
                .header("X-Request-Id", "mine-1")
                .header("X-Forwarded-For", "203.0.113.7")
                .header("Forwarded", "for=203.0.113.7")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        {"principal": "anonymous", "role": "admin", "source_address": "127.0.0.1", "protocol": "rest",
                         "request_id": "mine-1"}""".transform(caller -> "{\"data\": " + caller + "}"));
    }

    @Test
    void reasonHeader_isDecodedAsUtf8() {
        String answer = RawHttpClient.send(
                port,
                "GET /things/caller HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                // ü in UTF-8, byte by byte
                "X-Reason: m\u00c3\u00bcde");

        assertThat(answer).contains("\"reason\":\"müde\"");
    }

    @Test
    void reasonHeader_tooLong_returns400() {
        client.get()
                .uri("/things/caller")
                .header("X-Reason", "a".repeat(513))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("X-Reason");
    }

    @ParameterizedTest
    @CsvSource({"abc-1._Z,true", "with space,false", "a\"b,false"})
    void requestId_isEchoedOnlyIfWellFormed(String given, boolean taken) {
        String echoed = client.get()
                .uri("/health")
                .header("X-Request-Id", given)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseHeaders()
                .getFirst("X-Request-Id");

        assertThat(echoed).matches("[A-Za-z0-9._-]{1,128}");
        assertThat(given.equals(echoed)).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: localhost@evil.example",
                "Host: 192.0.2.1:8080",
                "Host: localhost\r\nOrigin: https://evil.example",
                "Host: localhost\r\nOrigin: null"
            })
    void request_withForeignHostOrOrigin_returns401(String headers) {
        String answer = RawHttpClient.send(port, "POST /things/optional HTTP/1.1", "Connection: close", headers);

        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("\"unauthorized\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost:8080",
                "Host: [::1]:8080",
                "Host: 127.0.0.2",
                "Host: LOCALHOST\r\nOrigin: http://localhost:3000"
            })
    void request_withLoopbackHost_isAdmitted(String headers) {
        String answer = RawHttpClient.send(port, "POST /things/optional HTTP/1.1", "Connection: close", headers);

        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a|b", "/%zz", "/things?x=%", "/a b", "/[", "\\"})
    void malformedRequestLine_returns400Problem(String target) {
        String answer = RawHttpClient.send(port, "GET " + target + " HTTP/1.1", "Host: localhost", "Connection: close");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "\"bad_request\"");
    }

    @Test
    void requestLine_tooLong_returns414Problem() {
        String answer = RawHttpClient.send(port, "GET /" + "a".repeat(20_000) + " HTTP/1.1", "Host: localhost");

        assertThat(answer).startsWith("HTTP/1.1 414 ").contains("application/problem+json", "\"uri_too_long\"");
    }

    @Test
    void headers_tooLarge_return431Problem() {
        String answer = RawHttpClient.send(port, "GET / HTTP/1.1", "Host: localhost", "X-Large: " + "a".repeat(20_000));

        assertThat(answer).startsWith("HTTP/1.1 431 ").contains("application/problem+json", "\"headers_too_large\"");
    }

    @Test
    void nonHttpBytes_return400Problem() {
        String answer = RawHttpClient.send(port, "\u0016\u0003\u0001 hello");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "\"bad_request\"");
    }

    @Test
    void failedStream_isNotTerminatedAsComplete() {
        String answer =
                RawHttpClient.send(port, "GET /things/cut HTTP/1.1", "Host: localhost", "Accept: application/x-ndjson");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("{\"n\":1}").doesNotContain("\r\n0\r\n\r\n");
    }
}
