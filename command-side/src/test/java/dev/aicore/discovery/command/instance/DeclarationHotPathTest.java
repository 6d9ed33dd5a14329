package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.access.testing.BothHttpPaths;
import dev.aicore.discovery.access.testing.DeterministicTestConfiguration;
import dev.aicore.discovery.access.testing.DeterministicTestConfiguration.WebFluxWatch;
import dev.aicore.discovery.command.testing.CommandServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that registrations and updates get the same responses on the hot path and from WebFlux, for any request. */
@Tag("integration")
class DeclarationHotPathTest {

    private static final String HOST = "Host: localhost";
    private static final String CLOSE = "Connection: close";
    private static final String JSON = "Content-Type: application/json";
    private static final String POST = "POST /api/v1/services HTTP/1.1";
    private static final String PATCH = "PATCH /api/v1/services/web-1 HTTP/1.1";
    private static final String WEB =
            "{\"id\":\"web-1\",\"name\":\"web\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":60}";

    private final CommandServer fast = CommandServer.start(List.of(DeterministicTestConfiguration.class));
    private final CommandServer plain = CommandServer.start(
            List.of(DeterministicTestConfiguration.class), "--service-discovery.server.hot-path=false");
    private final BothHttpPaths paths = new BothHttpPaths(fast.port(), plain.port(), fast.bean(WebFluxWatch.class));

    @AfterEach
    void stop() {
        fast.close();
        plain.close();
    }

    @Test
    void registrations_onHotPath_matchWebFlux() {
        for (var body : new String[] {
            WEB,
            WEB,
            WEB.replace("80", "81"),
            WEB.replace("web-1", "web/2 ä"),
            "{\"name\":\"web\",\"address\":\"10.0.0.1\",\"port\":80,\"reason\":\"new\",\"initial_status\":\"starting\"}",
            "{\"name\":\"web\",\"address\":\"10.0.0.1\",\"port\":0,\"wieght\":1}",
            "{}",
            "{\"name\"",
            "[]",
            ""
        }) {
            paths.assertEqualAnswers(POST, HOST, CLOSE, JSON, length(body), "", body);
        }
        paths.assertEqualAnswers(POST, HOST, CLOSE, JSON, "If-None-Match: *", length(WEB), "", WEB);
        paths.assertEqualAnswers(POST, HOST, CLOSE, JSON, "If-None-Match: \"a\"", length(WEB), "", WEB);
        paths.assertEqualAnswers(POST, HOST, CLOSE, JSON, "X-Test-Principal: somebody-else", length(WEB), "", WEB);
        paths.assertEqualAnswers(POST, HOST, CLOSE, JSON, "Content-Length: 70000");
        paths.assertEqualAnswers(POST, HOST, CLOSE, "Content-Type: text/plain", length("{}"), "", "{}");
        paths.assertEqualAnswers(
                POST.replace("services", "services?dry=true"), HOST, CLOSE, JSON, length(WEB), "", WEB);
        paths.assertEqualAnswers(POST, HOST, CLOSE, JSON, "Transfer-Encoding: chunked", "", "2", "{}", "0", "");
    }

    @Test
    void updates_onHotPath_matchWebFlux() {
        paths.assertEqualAnswers(POST, HOST, CLOSE, JSON, length(WEB), "", WEB);
        for (var body : new String[] {
            "{\"weight\":50,\"reason\":\"new disk\"}",
            "{\"weight\":50}",
            "{\"status\":\"maintenance\",\"metadata\":{\"region\":null}}",
            "{\"name\":\"billing\"}",
            "{\"id\":\"other\",\"wieght\":1}",
            "{\"ttl\":0}",
            "{\"weight\"",
            "[]",
            ""
        }) {
            paths.assertEqualAnswers(PATCH, HOST, CLOSE, JSON, length(body), "", body);
        }
        var body = "{\"weight\":60}";
        var merge = "Content-Type: application/merge-patch+json";
        paths.assertEqualAnswers(PATCH, HOST, CLOSE, merge, length(body), "", body);
        paths.assertEqualAnswers(
                PATCH, HOST, CLOSE, "Content-Type: application/json-patch+json", length("[]"), "", "[]");
        paths.assertEqualAnswers(PATCH, HOST, CLOSE, JSON, "If-Match: \"old\"", length(body), "", body);
        paths.assertEqualAnswers(PATCH, HOST, CLOSE, JSON, "If-Match: x", length(body), "", body);
        paths.assertEqualAnswers(PATCH, HOST, CLOSE, JSON, "X-Test-Principal: somebody-else", length(body), "", body);
        paths.assertEqualAnswers(PATCH.replace("web-1", "nobody"), HOST, CLOSE, JSON, length(body), "", body);
        paths.assertEqualAnswers(PATCH.replace("web-1", "x".repeat(257)), HOST, CLOSE, JSON, length(body), "", body);
        paths.assertEqualAnswers(PATCH.replace("web-1", "web-1?x=1"), HOST, CLOSE, JSON, length(body), "", body);
    }

    @Test
    void unusualRequests_bypassHotPath() {
        paths.assertPassedToWebFlux(POST, HOST, CLOSE, JSON, "Idempotency-Key: once", length(WEB), "", WEB);
        paths.assertPassedToWebFlux(PATCH, HOST, CLOSE, JSON, "Idempotency-Key: once", length("{}"), "", "{}");
        paths.assertPassedToWebFlux(POST, HOST, CLOSE, JSON, "Accept: text/html", length(WEB), "", WEB);
        for (var request : new String[] {
            "PATCH /api/v1/services/web%2D1",
            "PATCH /api/v1/services/web-1/",
            "PATCH /api/v1/services/web-1;a=b",
            "PATCH /api/v1/services/",
            "PATCH /api/v1/services/web-1/heartbeat",
            "PUT /api/v1/services/web-1",
            "POST /api/v1/services/",
            "POST /api/v1/%73ervices"
        }) {
            paths.assertPassedToWebFlux(request + " HTTP/1.1", HOST, CLOSE, JSON, length("{}"), "", "{}");
        }
    }

    /** Excludes the two line breaks that the helper appends, which are not part of a body. */
    private static String length(String body) {
        return "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length;
    }
}
