package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.server.access.AuthenticatedServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Tries every role at every route of the API's description, at two nodes, on the role's own, on another owner's and on
 * an absent object. The expected permissions are repeated here by hand, because the product's own table can't verify
 * itself.
 */
@Tag("integration")
class AccessMatrixTest {

    private static final List<String> ROLES = List.of("nobody", "none", "viewer", "service", "operator", "admin");
    private static final List<String> OBJECTS = List.of("own", "other", "absent");

    /** Weakest permitted role by route; of several matching prefixes the longest counts. */
    private static final Map<String, String> LEAST = Map.ofEntries(
            Map.entry("GET /health", "nobody"),
            Map.entry("GET /metrics", "viewer"),
            Map.entry("GET /api/v1/", "viewer"),
            Map.entry("GET /api/v1/audit", "operator"),
            Map.entry("GET /api/v1/diff", "operator"),
            Map.entry("GET /api/v1/events", "operator"),
            Map.entry("GET /api/v1/services/{service_name}/discoveries", "operator"),
            Map.entry("GET /api/v1/admin/", "admin"),
            Map.entry("POST /api/v1/admin/", "admin"),
            Map.entry("PUT /api/v1/admin/", "admin"),
            Map.entry("DELETE /api/v1/admin/", "admin"),
            Map.entry("POST /api/v1/auth/token", "viewer"),
            Map.entry("DELETE /api/v1/auth/sessions", "viewer"),
            Map.entry("POST /api/v1/services", "service"),
            Map.entry("PUT /api/v1/services/{id}", "service"),
            Map.entry("PATCH /api/v1/services/{id}", "service"),
            Map.entry("DELETE /api/v1/services/{id}", "service"),
            Map.entry("POST /api/v1/services/{id}/heartbeat", "service"),
            Map.entry("POST /api/v1/services/{id}/outcomes", "service"),
            Map.entry("POST /api/v1/services/{service_name}/restore", "admin"),
            Map.entry("POST /api/v1/services/{id}/health", "operator"),
            Map.entry("POST /api/v1/services/{id}/monitoring", "operator"),
            Map.entry("DELETE /api/v1/services/{id}/monitoring", "operator"),
            Map.entry("POST /api/v1/heartbeats", "service"),
            Map.entry("POST /api/v1/outcomes", "service"),
            Map.entry("DELETE /api/v1/load-balancer/", "operator"),
            Map.entry("PUT /api/v1/configurations/", "operator"),
            Map.entry("DELETE /api/v1/configurations/", "operator"),
            Map.entry("POST /api/v1/configurations/", "operator"));

    /** Routes that change an instance, which has an owner. */
    private static final List<String> OWNED = List.of(
            "POST /api/v1/services",
            "PUT /api/v1/services/{id}",
            "PATCH /api/v1/services/{id}",
            "DELETE /api/v1/services/{id}",
            "POST /api/v1/services/{id}/heartbeat",
            "POST /api/v1/heartbeats");

    /** Statuses of requests that didn't reach their route, in addition to server errors. */
    private static final Set<Integer> NOT_PASSED = Set.of(401, 403, 405, 429);

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @TempDir
    static Path directory;

    private static AuthenticatedServer owner;
    private static AuthenticatedServer front;

    /** Node that receives the requests. */
    private static AuthenticatedServer server;

    private static int absent;
    private static JsonNode document;

    @BeforeAll
    static void start() throws IOException {
        var url = "--service-discovery.database.postgres.url=postgresql://%s:%s@localhost:%d/%s"
                .formatted(postgres.user(), postgres.password(), postgres.port(), postgres.database());
        owner = AuthenticatedServer.start(directory.resolve("owner"), url);
        front = AuthenticatedServer.start(
                directory.resolve("front"), url, "--service-discovery.cluster.hold-timeout=20s");
        server = owner;
        document = server.send("GET", "/openapi", AuthenticatedServer.token("root", "admin"), null)
                .body();
    }

    @AfterAll
    static void stop() {
        front.close();
        owner.close();
    }

    private record Operation(String method, String path, JsonNode said) {
        String route() {
            return method + " " + path;
        }

        boolean takesAnInstance() {
            return path.contains("{id}") || OWNED.contains(route());
        }
    }

    /** Tries the node that owns the event store, and one that sends writes to it. */
    @ParameterizedTest
    @ValueSource(strings = {"owner", "front"})
    void accessMatrix_matchesExpectedPermissions(String node) throws IOException {
        server = node.equals("owner") ? owner : front;
        int ready = server.send("GET", "/health?ready=writes", null, null).status();
        assertThat(ready).isEqualTo(node.equals("owner") ? 200 : 503);
        var escapes = new ArrayList<String>();
        var wrongly = new ArrayList<String>();
        var rows = new TreeMap<String, StringBuilder>();
        int requests = 0;
        for (var operation : operations()) {
            var row = rows.computeIfAbsent(operation.route(), _ -> new StringBuilder());
            for (var role : ROLES) {
                for (var object : operation.takesAnInstance() ? OBJECTS : List.of("absent")) {
                    for (var lane : List.of("application/json", "application/json, */*;q=0.1")) {
                        requests++;
                        var expected = expected(operation, role, object);
                        var reply = ask(operation, role, object, lane);
                        var got = verdict(reply);
                        if (lane.equals("application/json")) {
                            row.append(' ').append("%-5s".formatted(got));
                        }
                        var what = "%s by %s on %s (%s): expected %s, got %d %s"
                                .formatted(
                                        operation.route(), role, object, lane, expected, reply.status(), reply.code());
                        if (expected.equals("ok") && !got.equals("ok")) {
                            wrongly.add(what);
                        } else if (!expected.equals(got)) {
                            escapes.add(what);
                        }
                    }
                }
            }
        }
        System.out.printf("%-58s %s%n", "route", header());
        rows.forEach((route, row) -> System.out.printf("%-58s%s%n", route, row));
        System.out.printf(
                "matrix of the %s: %d routes, %d requests; escapes: %d; refused by mistake: %d%n",
                node, rows.size(), requests, escapes.size(), wrongly.size());
        assertThat(escapes).as("requests permitted by mistake").isEmpty();
        assertThat(wrongly).as("requests refused by mistake").isEmpty();
    }

    @Test
    void mappedRoutes_areAllPermittedToAdmin() throws IOException {
        server = owner;
        var routes = (RequestMappingHandlerMapping) server.bean("requestMappingHandlerMapping");
        var forgotten = new TreeSet<String>();
        for (var route : routes.getHandlerMethods().entrySet()) {
            for (var method : route.getKey().getMethodsCondition().getMethods()) {
                for (var pattern : route.getKey().getPatternsCondition().getPatterns()) {
                    var path = pattern.getPatternString().replaceAll("\\{[a-z_*]+}", "x");
                    var reply = server.send(
                            method.name(),
                            path,
                            AuthenticatedServer.token("root", "admin"),
                            method.name().equals("GET") ? null : "{}");
                    if (reply.status() == 403 && !path.equals("/api/v1/auth/token")) {
                        forgotten.add(method + " " + pattern);
                    }
                }
            }
        }
        assertThat(forgotten).as("routes that no role may call").isEmpty();
    }

    private static String header() {
        return String.join(" ", ROLES) + ", each on own, other, absent (ok: passed the gate; 401, 403; 409: another's)";
    }

    private static String expected(Operation operation, String role, String object) {
        var least = least(operation);
        if (ROLES.indexOf(role) < ROLES.indexOf(least)) {
            return role.equals("nobody") ? "401" : "403";
        }
        boolean another = object.equals("other") && OWNED.contains(operation.route()) && !role.equals("admin");
        if (operation.route().equals("POST /api/v1/auth/token")) {
            return "403";
        }
        return another ? "409" : "ok";
    }

    private static String least(Operation operation) {
        return LEAST.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/")
                        ? operation.route().startsWith(entry.getKey())
                        : operation.route().equals(entry.getKey()))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .map(Map.Entry::getValue)
                .orElseThrow(() -> new AssertionError(operation.route() + " is new: who may take it?"));
    }

    /** Returns the result of a request. In a 200 of several instances the outcome of the first counts. */
    private static String verdict(Reply reply) {
        var outcome = reply.body().at("/data/outcomes/0/outcome").asString("");
        if (outcome.equals("owned_by_another") || reply.code().equals("owned_by_another")) {
            return "409";
        }
        int status = reply.status();
        boolean passed = status < 500 && !NOT_PASSED.contains(status);
        return passed ? "ok" : Integer.toString(status);
    }

    private static Reply ask(Operation operation, String role, String object, String accept) throws IOException {
        var principal = "ann-" + role;
        if (operation.takesAnInstance()) {
            register("own", principal);
            register("other", "bob");
        }
        var id = object.equals("absent")
                ? "absent-" + ++absent
                : object.equals("own") ? "own-" + principal : "other-bob";
        return server.send(
                operation.method(),
                address(operation, id),
                role.equals("nobody") ? null : AuthenticatedServer.token(principal, role),
                body(operation, id),
                "Accept",
                accept);
    }

    private static void register(String kind, String owner) throws IOException {
        var reply = server.send(
                "POST",
                "/api/v1/services",
                AuthenticatedServer.token(owner, "service"),
                declaration(kind + "-" + owner));
        assertThat(reply.status()).as(reply.body().toString()).isIn(200, 201);
    }

    private static String declaration(String id) {
        return "{\"id\":\"" + id + "\",\"name\":\"matrix\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":3600}";
    }

    private static String address(Operation operation, String id) {
        var path = operation.path().replace("{id}", id).replaceAll("\\{[a-z_]+}", "matrix");
        return switch (path) {
            case "/api/v1/discover", "/api/v1/watch" -> path + "?service_name=matrix";
            default -> path;
        };
    }

    private static @Nullable String body(Operation operation, String id) {
        return switch (operation.route()) {
            case "POST /api/v1/services" -> declaration(id);
            case "PUT /api/v1/services/{id}", "PATCH /api/v1/services/{id}" -> "{\"weight\":50}";
            case "POST /api/v1/heartbeats" -> "{\"ids\":[\"" + id + "\"]}";
            case "POST /api/v1/outcomes" -> "{\"outcomes\":[{\"id\":\"" + id + "\",\"successes\":1}]}";
            case "POST /api/v1/services/{id}/outcomes" -> "{\"successes\":1,\"failures\":0}";
            default -> operation.said().has("requestBody") ? "{}" : null;
        };
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        assertThat(operations).hasSizeGreaterThan(40);
        return operations;
    }
}
