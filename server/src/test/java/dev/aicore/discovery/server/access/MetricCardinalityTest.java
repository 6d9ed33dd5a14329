package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.RawHttpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Verifies that invented names don't become labels of metrics: requests many names on every route, and then as many
 * others. {@code -Dinvented.names=10000} sets the number per route.
 */
@Tag("integration")
class MetricCardinalityTest {

    private static final int NAMES = Integer.getInteger("invented.names", 20);

    /** Part of each invented name. */
    private static final String MARK = "zq";

    private static final String ADMIN = AuthenticatedServer.token("root", "admin");
    private static final Set<String> METHODS = Set.of("get", "put", "patch", "post", "delete");
    private static final Map<String, String> BODIES = Map.of(
            "POST /api/v1/services",
            "{\"id\":\"NAME\",\"name\":\"NAME\",\"address\":\"10.0.0.1\",\"port\":80,\"version\":\"NAME\",\"zone\":\"NAME\",\"tags\":[\"NAME\"]}",
            "POST /api/v1/heartbeats",
            "{\"ids\":[\"NAME\",\"NAME-2\"],\"heartbeats\":[{\"id\":\"NAME-3\",\"status\":\"healthy\"}]}",
            "POST /api/v1/outcomes",
            "{\"outcomes\":[{\"id\":\"NAME\",\"failures\":1}],\"reason\":\"NAME\"}",
            "POST /api/v1/admin/api-keys",
            "{\"principal\":\"NAME\",\"role\":\"NAME\"}");

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;
    private static int invented;

    @BeforeAll
    static void start() {
        server = AuthenticatedServer.start(
                directory.resolve("data"), "--service-discovery.server.rate-limit.enabled=false");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void inventedNames_addNoMetricSeries() throws IOException {
        var routes = routes();
        assertThat(routes).hasSizeGreaterThan(50);
        ask(routes, 2);
        var first = series();
        ask(routes, NAMES);
        var second = series();
        ask(routes, NAMES);
        var third = series();
        System.out.printf(
                "%d names over %d routes; series of metrics: %d, then %d, then %d%n",
                invented, routes.size(), first.size(), second.size(), third.size());
        var grown = new TreeSet<>(third);
        grown.removeAll(second);
        assertThat(grown).as("series added by invented names").isEmpty();
        assertThat(third).filteredOn(line -> line.contains(MARK)).isEmpty();
    }

    /** Returns methods and paths, with NAME for an invented name. */
    private static List<String> routes() throws IOException {
        var routes = new ArrayList<String>();
        JsonNode document = server.send("GET", "/openapi", ADMIN, null).body();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> routes.add(operation.getKey().toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{[^}]*}", "NAME"))));
        routes.removeIf(route -> route.matches("GET /api/v1/(watch|events|admin/export)|POST /api/v1/admin/retention"));
        routes.addAll(List.of(
                "GET /NAME",
                "GET /api/v1/NAME",
                "GET /api/v1/services/NAME/NAME",
                "GET /docs/NAME",
                "GET /swagger-ui/NAME",
                "GET /api/v1/discover?service_name=NAME",
                "GET /api/v1/discover?service_name=NAME&load_balancing_strategy=NAME",
                "GET /api/v1/discover?service_name=NAME&load_balancing_strategy=random&hash_key=NAME&zone=NAME&version=NAME&tag=NAME",
                "GET /api/v1/services?service_name=NAME&NAME=NAME",
                "GET /api/v1/explain?service_name=NAME&id=NAME",
                "GET /api/v1/audit?actor=NAME&service_name=NAME",
                "GET /api/v1/watch?service_name=NAME&NAME=1",
                "ZNAME /api/v1/services",
                "NAME /NAME"));
        return routes;
    }

    private static void ask(List<String> routes, int times) {
        for (int i = 0; i < times; i++) {
            for (var route : routes) {
                var name = MARK + invented++;
                var said = BODIES.getOrDefault(route, route.startsWith("GET") ? "" : "{\"NAME\":\"NAME\"}")
                        .replace("NAME", name);
                var words = route.replace("NAME", name).split(" ", 2);
                RawHttpClient.send(
                        server.port(),
                        words[0] + " " + words[1] + " HTTP/1.1",
                        "Host: " + name,
                        "Connection: close",
                        "Authorization: " + (invented % 2 == 0 ? ADMIN : AuthenticatedServer.token(name, "service")),
                        "X-Request-ID: " + name,
                        "User-Agent: " + name,
                        "Content-Type: application/json",
                        "Content-Length: " + said.length(),
                        "\r\n" + said);
            }
        }
    }

    /**
     * Returns the names and labels of all metrics, except those of the JVM and the pools, which appear when there is
     * something to report.
     */
    private static Set<String> series() {
        var series = new TreeSet<String>();
        var told = RawHttpClient.send(
                server.port(),
                "GET /metrics HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                "Authorization: " + ADMIN);
        told.lines()
                .filter(line -> line.startsWith("service_discovery_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .forEach(series::add);
        assertThat(series).isNotEmpty();
        return series;
    }
}
