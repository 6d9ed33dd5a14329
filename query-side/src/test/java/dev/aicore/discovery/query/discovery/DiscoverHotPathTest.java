package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.access.testing.BothHttpPaths;
import dev.aicore.discovery.access.testing.DeterministicTestConfiguration;
import dev.aicore.discovery.access.testing.DeterministicTestConfiguration.WebFluxWatch;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.QueryServer;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that discovery returns the same answers in WebFlux and on the hot path. */
@Tag("integration")
class DiscoverHotPathTest {

    private static final String PLAIN = "GET /api/v1/discover?service_name=web HTTP/1.1";
    private static final String HOST = "Host: localhost";
    private static final String CLOSE = "Connection: close";
    private static final String KEPT = "--service-discovery.registry.discovery.max-cached-instances=100";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final QueryServer fast = registry.another(DeterministicTestConfiguration.class, KEPT);
    private final QueryServer plain =
            registry.another(DeterministicTestConfiguration.class, KEPT, "--service-discovery.server.hot-path=false");
    private final BothHttpPaths paths = new BothHttpPaths(port(fast), port(plain), fast.bean(WebFluxWatch.class));

    @BeforeEach
    void fill() {
        var rows = registry.rows();
        rows.instance(
                SampleInstance.of("web", "w-1")
                        .metadata(Map.of("k", "v \"quoted\" é"))
                        .tags("blue"),
                3);
        rows.instance(SampleInstance.of("web", "w-2").weight(50).version("2.1.0"), 4);
        rows.instance(SampleInstance.of("web", "w-3").health(HealthState.UNHEALTHY), 5);
        rows.instance(SampleInstance.of("web", "w-4").expired(), 6);
        rows.watermark("instances", 7);
    }

    @AfterEach
    void stop() {
        fast.close();
        plain.close();
    }

    @Test
    void hotPath_withAnyQuery_answersLikeWebFlux() {
        for (var query : new String[] {
            "service_name=web",
            "service_name=web",
            "service_name=web&limit=1",
            "service_name=web&load_balancing_strategy=weighted",
            "service_name=web&load_balancing_strategy=random",
            "service_name=web&load_balancing_strategy=consistent_hash&hash_key=a%20b+c",
            "service_name=web&load_balancing_strategy=ip_hash",
            "service_name=web&tag=blue&metadata.k=v%20%22quoted%22%20%C3%A9",
            "service_name=web&version=%5E2.0&zone=a&include_unhealthy=1",
            "service_name=nobody",
            "service_name=web&min_position=7",
            "service_name=web&index=0",
            "service_name=web&min_position=8&wait=0",
            "service_name=web&index=9&wait=30s",
            "service_name=web&limit=0&load_balancing_strategy=best",
            "service_name=web&limit=5&limit=6",
            "service_name=web&servicename=web",
            "service_name=web&at=2026-11-23T12:00:00Z",
            "service_name=web&tag=%00",
            "service_name=%C3%28",
            "service_name=",
            "limit=1",
            ""
        }) {
            paths.assertEqualAnswers("GET /api/v1/discover?" + query + " HTTP/1.1", HOST, CLOSE);
        }
        paths.assertEqualAnswers("GET /api/v1/discover HTTP/1.1", HOST, CLOSE);
    }

    @Test
    void hotPath_withIfNoneMatch_answersLikeWebFlux() {
        paths.assertEqualAnswers(PLAIN, HOST, CLOSE, "If-None-Match: *");
        paths.assertEqualAnswers(PLAIN, HOST, CLOSE, "If-None-Match: 1");
        paths.assertEqualAnswers(PLAIN, HOST, CLOSE, "If-None-Match: W/\"1\"");
        paths.assertEqualAnswers(PLAIN, HOST, CLOSE, "If-None-Match: W/\"1\", " + tag());
    }

    /** Requests the tag from both servers, so that they have counted equally many requests. */
    private String tag() {
        tagOf(plain);
        return tagOf(fast);
    }

    private static String tagOf(QueryServer server) {
        var tag = server.client()
                .get()
                .uri("/api/v1/discover?service_name=web")
                .exchange()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getETag();
        return Objects.requireNonNull(tag);
    }

    @Test
    void hotPath_withAnyHeader_answersLikeWebFlux() {
        for (var header : new String[] {
            "Accept: */*",
            "Accept: application/json",
            "X-Request-Id: mine-1",
            "X-Request-Id: not well formed",
            "X-Reason: because",
            "X-Reason: " + "x".repeat(513),
            "X-HTTP-Method-Override: DELETE",
            "Origin: http://evil.example",
            "Origin: http://localhost:1",
            "X-Forwarded-For: 10.9.8.7",
            "Content-Length: 0"
        }) {
            paths.assertEqualAnswers(PLAIN, HOST, header, CLOSE);
        }
        paths.assertEqualAnswers(PLAIN, "Host: evil.example", CLOSE);
    }

    @Test
    void unusualRequestLine_isPassedToWebFlux() {
        for (var request : new String[] {
            "GET /api/v1/%64iscover?service_name=web",
            "GET /api/v1/discover/?service_name=web",
            "GET /api/v1/discover;a=b?service_name=web",
            "GET /API/v1/discover?service_name=web",
            "HEAD /api/v1/discover?service_name=web",
            "HEAD /api/v1/discover",
            "OPTIONS /api/v1/discover?service_name=web",
            "POST /api/v1/discover?service_name=web",
            "PROPFIND /api/v1/discover?service_name=web"
        }) {
            paths.assertPassedToWebFlux(request + " HTTP/1.1", HOST, CLOSE);
        }
    }

    @Test
    void unusualAcceptHeader_isPassedToWebFlux() {
        for (var header : new String[] {
            "Accept: text/html",
            "Accept: application/json;q=0.5, */*;q=0.1",
            "Accept: nonsense",
            "Accept: text/event-stream\r\nAccept: application/json"
        }) {
            paths.assertPassedToWebFlux(PLAIN, HOST, header, CLOSE);
        }
    }

    private static int port(QueryServer server) {
        return URI.create(server.address()).getPort();
    }
}
