package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.access.testing.BothHttpPaths;
import dev.aicore.discovery.access.testing.DeterministicTestConfiguration;
import dev.aicore.discovery.access.testing.DeterministicTestConfiguration.WebFluxWatch;
import dev.aicore.discovery.command.testing.CommandServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that heartbeats get the same responses on the hot path and from WebFlux, for any request. */
@Tag("integration")
class HeartbeatHotPathTest {

    private static final String HOST = "Host: localhost";
    private static final String CLOSE = "Connection: close";
    private static final String JSON = "Content-Type: application/json";
    private static final String ONE = "POST /api/v1/services/web-1/heartbeat HTTP/1.1";
    private static final String MANY = "POST /api/v1/heartbeats HTTP/1.1";

    private final CommandServer fast = CommandServer.start(List.of(DeterministicTestConfiguration.class));
    private final CommandServer plain = CommandServer.start(
            List.of(DeterministicTestConfiguration.class), "--service-discovery.server.hot-path=false");
    private final BothHttpPaths paths = new BothHttpPaths(fast.port(), plain.port(), fast.bean(WebFluxWatch.class));

    @BeforeEach
    void register() {
        var body = "{\"id\":\"web-1\",\"name\":\"web\",\"address\":\"10.0.0.1\",\"port\":80}";
        paths.assertEqualAnswers("POST /api/v1/services HTTP/1.1", HOST, JSON, CLOSE, length(body), "", body);
    }

    @AfterEach
    void stop() {
        fast.close();
        plain.close();
    }

    @Test
    void heartbeat_onHotPath_matchesWebFlux() {
        paths.assertEqualAnswers(ONE, HOST, CLOSE);
        paths.assertEqualAnswers(ONE, HOST, CLOSE, "Content-Length: 0");
        paths.assertEqualAnswers(ONE, HOST, CLOSE, "X-Request-Id: mine", "X-Reason: because");
        paths.assertEqualAnswers(ONE, HOST, CLOSE, "X-Test-Principal: somebody-else");
        paths.assertEqualAnswers(ONE, HOST, CLOSE, JSON, "Transfer-Encoding: chunked", "", "2", "{}", "0", "");
        paths.assertEqualAnswers(ONE.replace("/heartbeat", "/heartbeat?dry=true"), HOST, CLOSE);
        paths.assertEqualAnswers(ONE.replace("web-1", "nobody"), HOST, CLOSE);
        paths.assertEqualAnswers(ONE.replace("web-1", "x".repeat(257)), HOST, CLOSE);
        for (var body : new String[] {
            "{}",
            "{\"status\":\"unhealthy\",\"active_connections\":3,\"note\":\"slow\"}",
            "{\"service_id\":\"another\"}",
            "{\"status\":\"dead\",\"active_connections\":-1,\"state\":1}",
            "{\"status\"",
            "[]"
        }) {
            paths.assertEqualAnswers(ONE, HOST, CLOSE, JSON, length(body), "", body);
        }
        paths.assertEqualAnswers(ONE, HOST, CLOSE, JSON, "Content-Length: 70000");
        paths.assertEqualAnswers(ONE, HOST, CLOSE, "Content-Type: text/plain", length("{}"), "", "{}");
        paths.assertEqualAnswers(ONE, HOST, CLOSE, JSON, "Content-Encoding: gzip", length("{}"), "", "{}");
    }

    @Test
    void batchHeartbeat_onHotPath_matchesWebFlux() {
        paths.assertEqualAnswers(MANY, HOST, CLOSE);
        for (var body : new String[] {
            "{\"ids\":[\"web-1\"]}",
            "{\"ids\":[\"nobody\",\"web-1\",\"web-1\"]}",
            "{\"ids\":[]}",
            "{\"ids\":[\"a b\",7,null]}",
            "{\"ids\":\"web-1\"}",
            "{\"id\":[\"web-1\"]}",
            "{\"ids\":[\"web-1\"]"
        }) {
            paths.assertEqualAnswers(MANY, HOST, CLOSE, JSON, length(body), "", body);
        }
        paths.assertEqualAnswers(MANY.replace("beats", "beats?x=1"), HOST, CLOSE, JSON, length("{}"), "", "{}");
    }

    @Test
    void unusualRequests_bypassHotPath() {
        for (var request : new String[] {
            "POST /api/v1/services/web%2D1/heartbeat",
            "POST /api/v1/services/web-1/heartbeat/",
            "POST /api/v1/services/web-1;a=b/heartbeat",
            "POST /api/v1/services//heartbeat",
            "POST /api/v1/services/a/b/heartbeat",
            "GET /api/v1/services/web-1/heartbeat",
            "OPTIONS /api/v1/services/web-1/heartbeat",
            "PUT /api/v1/heartbeats",
            "HEAD /api/v1/heartbeats",
            "POST /api/v1/%68eartbeats"
        }) {
            paths.assertPassedToWebFlux(request + " HTTP/1.1", HOST, CLOSE);
        }
        paths.assertPassedToWebFlux(ONE, HOST, CLOSE, "Accept: text/html");
    }

    /** Excludes the two line breaks that the helper appends, which are not part of a body. */
    private static String length(String body) {
        return "Content-Length: " + body.length();
    }
}
