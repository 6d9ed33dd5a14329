package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Verifies that details of check results are visible to operators and admins only, because a caller that may register
 * can have any address checked.
 */
@Tag("integration")
class CheckDetailTest {

    private static final List<String> UNTRUSTED = List.of("viewer", "service");
    private static final List<String> TRUSTED = List.of("operator", "admin");
    private static final Pattern DETAIL =
            Pattern.compile("status 503|within_millis|latency_ms|within [0-9]+ ms|\"status\":[0-9]|closed port");

    private static final Pattern OF_TARGETS =
            Pattern.compile("service_discovery_health_check_(duration_seconds|failures_total)");

    private static final List<String> ROUTES = List.of(
            "/api/v1/services/ID/health",
            "/api/v1/services/ID/history",
            "/api/v1/services/ID/history?include=observations",
            "/api/v1/explain?service_name=checked&id=ID");

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;
    private static HttpServer target;

    @BeforeAll
    static void start() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        target.start();
        // Loopback addresses are only checked in development.
        server = AuthenticatedServer.start(directory.resolve("data"), "--service-discovery.environment=development");
        register("answering", target.getAddress().getPort());
        register("refusing", closedPort());
        for (var id : List.of("answering", "refusing")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            ask("admin", "/api/v1/services/" + id + "/history").contains("HealthChanged")
                                    && ask("admin", "/api/v1/services/" + id + "/health")
                                            .contains("last_result"));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        target.stop(0);
    }

    @Test
    void viewerAndService_receiveFailureClassWithoutDetails() throws IOException {
        var leaks = new ArrayList<String>();
        for (var role : UNTRUSTED) {
            for (var id : List.of("answering", "refusing")) {
                for (var route : ROUTES) {
                    var told = ask(role, route.replace("ID", id));
                    leaks(told).forEach(leak -> leaks.add(role + " " + route + ": " + leak));
                    assertThat(told).contains(id.equals("answering") ? "failed" : "refused");
                }
                var lines = server.lines("/api/v1/services/" + id + "/history?include=observations", token(role));
                leaks(String.join("\n", lines)).forEach(leak -> leaks.add(role + " lines: " + leak));
                assertThat(lines).anyMatch(line -> line.contains("CheckFailed"));
            }
            leaks(ask(role, "/api/v1/health-monitor/stats")).forEach(leak -> leaks.add(role + " stats: " + leak));
            var metrics = server.lines("/metrics", token(role));
            metrics.stream()
                    .filter(line -> OF_TARGETS.matcher(line).find())
                    .forEach(leak -> leaks.add(role + " metrics: " + leak));
            assertThat(metrics).anyMatch(line -> line.startsWith("service_discovery_health_checks_total{"));
        }
        System.out.println("details of checks told to viewers and services: " + leaks);
        assertThat(leaks).isEmpty();
    }

    @Test
    void operatorAndAdmin_receiveCheckDetails() throws IOException {
        for (var role : TRUSTED) {
            for (var route : ROUTES) {
                assertThat(ask(role, route.replace("ID", "answering")))
                        .as(route)
                        .contains("status 503");
            }
            assertThat(ask(role, "/api/v1/services/answering/health")).contains("within_millis");
            assertThat(ask(role, "/api/v1/health-monitor/stats")).contains("latency_ms");
            assertThat(server.lines("/metrics", token(role)))
                    .filteredOn(line -> OF_TARGETS.matcher(line).find())
                    .anyMatch(line -> line.contains("duration_seconds_sum"))
                    .anyMatch(line -> line.contains("reason="));
            assertThat(server.send("POST", "/api/v1/services/answering/health", token(role), null)
                            .body()
                            .toString())
                    .contains("status 503", "latency_ms");
        }
    }

    @Test
    void routesWithCheckDetails_forViewerAndService_return403() throws IOException {
        for (var role : UNTRUSTED) {
            assertThat(server.send("POST", "/api/v1/services/answering/health", token(role), null)
                            .status())
                    .isEqualTo(403);
            for (var route : List.of("/api/v1/audit", "/api/v1/events?from=0", "/api/v1/diff?from=1")) {
                assertThat(server.send("GET", route, token(role), null).status())
                        .as(route)
                        .isEqualTo(403);
            }
        }
    }

    private static List<String> leaks(String told) {
        return DETAIL.matcher(told)
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
    }

    private static String ask(String role, String path) throws IOException {
        var reply = server.send("GET", path, token(role), null);
        assertThat(reply.status()).as(path).isEqualTo(200);
        return reply.body().toString();
    }

    private static String token(String role) {
        return AuthenticatedServer.token("ann", role);
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void register(String id, int port) throws IOException {
        var reply = server.send("POST", "/api/v1/services", token("service"), """
                {"id": "%s", "name": "checked", "address": "127.0.0.1", "port": %d, "ttl": 3600,
                 "health_check": {"check_type": "http", "interval": 1, "timeout": 5, "failure_threshold": 1}}""".formatted(id, port));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
    }
}
