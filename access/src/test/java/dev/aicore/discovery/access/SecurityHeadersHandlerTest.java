package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.RawHttpClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests the headers for browsers of every answer. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "service-discovery.server.cors.allowed-origins=http://localhost:3000,https://ui.example.org",
            "service-discovery.server.cors.max-age=10m"
        })
class SecurityHeadersHandlerTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/things", "/health", "/nowhere", "/things?limit=none"})
    void response_hasSecurityHeaders(String path) {
        assertThat(get(path))
                .contains(
                        "X-Content-Type-Options: nosniff\r\n",
                        "X-Frame-Options: DENY\r\n",
                        "Referrer-Policy: no-referrer\r\n",
                        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n")
                .containsIgnoringCase("\r\nVary: Origin")
                .doesNotContain("Strict-Transport-Security");
    }

    @Test
    void documentationPage_allowsOwnScripts() {
        assertThat(get("/docs/index.html")).contains("Content-Security-Policy: default-src 'self'; style-src");
    }

    @Test
    void allowedOrigin_receivesCorsHeaders() {
        assertThat(get("/things", "Origin: http://localhost:3000"))
                .startsWith("HTTP/1.1 200 ")
                .contains(
                        "Access-Control-Allow-Origin: http://localhost:3000\r\n",
                        "Access-Control-Expose-Headers: ETag, Location,")
                .doesNotContain("Access-Control-Allow-Credentials");
    }

    @Test
    void preflight_ofAllowedOrigin_isAnsweredBeforeAuthentication() {
        assertThat(RawHttpClient.send(
                        port,
                        "OPTIONS /things HTTP/1.1",
                        "Host: registry.example.org",
                        "Origin: https://ui.example.org",
                        "Access-Control-Request-Method: DELETE",
                        "Access-Control-Request-Headers: authorization",
                        "Connection: close"))
                .startsWith("HTTP/1.1 204 ")
                .contains(
                        "Access-Control-Allow-Origin: https://ui.example.org\r\n",
                        "Access-Control-Allow-Methods: GET, HEAD, POST, PUT, PATCH, DELETE\r\n",
                        "Access-Control-Max-Age: 600\r\n")
                .containsPattern("Access-Control-Allow-Headers: .*Authorization.*X-API-Key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://ui.example.org.evil.example",
                "https://ui.example.org:444",
                "null"
            })
    void otherOrigin_receivesNoCorsHeaders(String origin) {
        assertThat(get("/things", "Origin: " + origin)).doesNotContain("Access-Control-");
        assertThat(RawHttpClient.send(
                        port,
                        "OPTIONS /things HTTP/1.1",
                        "Host: localhost",
                        "Origin: " + origin,
                        "Access-Control-Request-Method: DELETE",
                        "Connection: close"))
                .startsWith("HTTP/1.1 4")
                .doesNotContain("Access-Control-");
    }

    private String get(String path, String... headers) {
        List<String> lines =
                new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close"));
        lines.addAll(List.of(headers));
        return RawHttpClient.send(port, lines.toArray(String[]::new));
    }
}
