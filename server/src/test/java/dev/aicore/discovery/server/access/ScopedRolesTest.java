package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.access.AuthenticatedServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verifies the permissions of roles that are bound to services by name: services of another team must look absent, on
 * the hot path and on WebFlux.
 */
@Tag("integration")
class ScopedRolesTest {

    private static final String ROOT = AuthenticatedServer.token("root", "admin");
    private static final String OPERATOR = AuthenticatedServer.token("olga", "payments");
    private static final String SERVICE = AuthenticatedServer.token("sam", "paying");
    private static final List<String> LANES = List.of("application/json", "application/json, */*;q=0.1");

    /** Parts of a response that differ for each request. */
    private static final Pattern PASSING =
            Pattern.compile("\"(request_id|instance|rejected_value|at)\":\"[^\"]*\"|\"position\":[0-9]+");

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;

    @BeforeAll
    static void start() throws IOException {
        server = AuthenticatedServer.start(
                directory.resolve("data"),
                "--service-discovery.auth.rbac.roles=payments operator payments-* billing,paying service payments-*");
        register(ROOT, "mine-1", "payments-eu", 201);
        register(ROOT, "mine-2", "billing", 201);
        register(ROOT, "theirs-1", "hr", 201);
        register(ROOT, "theirs-2", "paymentsxeu", 201);
        store("payments-eu", 201);
        store("hr", 201);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> send("GET", "/api/v1/audit", ROOT)
                                .body()
                                .at("/data/entries")
                                .size()
                        >= 6);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/services/ID",
                "/api/v1/services/ID/health",
                "/api/v1/services/ID/history",
                "/api/v1/explain?service_name=payments-eu&id=ID"
            })
    void instanceOutsideScope_looksAbsent(String route) throws IOException {
        var another = send("GET", route.replace("ID", "theirs-1"), OPERATOR);
        var absent = send("GET", route.replace("ID", "absent-1"), OPERATOR);
        assertThat(normalized(another, "theirs-1")).isEqualTo(normalized(absent, "absent-1"));
        var own = send("GET", route.replace("ID", "mine-1"), OPERATOR);
        assertThat(own.status()).isEqualTo(200);
        assertThat(normalized(own, "mine-1")).isNotEqualTo(normalized(absent, "absent-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/services/NAME/instances",
                "/api/v1/services/NAME/uptime",
                "/api/v1/discover?service_name=NAME",
                "/api/v1/discover?service_name=NAME&load_balancing_strategy=random",
                "/api/v1/discover?service%5Fname=NAME",
                "/api/v1/watch?service_name=NAME",
                "/api/v1/watch?service_name=payments-eu&service_name=NAME",
                "/api/v1/explain?id=mine-1&service_name=NAME",
                "/api/v1/load-balancer/NAME/stats",
                "/api/v1/configurations/NAME",
                "/api/v1/configurations/NAME/versions",
                "/api/v1/configurations/NAME/versions/1",
                "/api/v1/configurations/NAME/schema"
            })
    void serviceOutsideScope_looksAbsent(String route) throws IOException {
        for (var lane : LANES) {
            var another = send("GET", route.replace("NAME", "hr"), OPERATOR, "Accept", lane);
            var absent = send("GET", route.replace("NAME", "nosuch"), OPERATOR, "Accept", lane);
            assertThat(another.status()).isEqualTo(404);
            assertThat(normalized(another, "hr")).isEqualTo(normalized(absent, "nosuch"));
        }
        // Other spellings of the path count, and a similar name is another service.
        assertThat(send("GET", route.replace("NAME", "%68r"), OPERATOR).status())
                .isEqualTo(404);
        assertThat(send("GET", route.replace("NAME", "paymentsxeu"), OPERATOR).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /api/v1/configurations/NAME          | {\"a\":1}",
                "DELETE | /api/v1/configurations/NAME          | ",
                "POST   | /api/v1/configurations/NAME/rollback | {\"version\":1}",
                "PUT    | /api/v1/configurations/NAME/schema   | {}",
                "DELETE | /api/v1/load-balancer/NAME/stats     | ",
                "POST   | /api/v1/services                     | {\"name\":\"NAME\",\"address\":\"10.0.0.1\",\"port\":80}"
            })
    void changeOfServiceOutsideScope_returns403(String method, String route, @Nullable String body) throws IOException {
        for (var name : List.of("hr", "nosuch")) {
            var json = body == null ? null : body.replace("NAME", name);
            var reply = server.send(method, route.replace("NAME", name), OPERATOR, json);
            assertThat(reply.status()).as(name).isEqualTo(403);
            assertThat(reply.body().at("/detail").asString())
                    .isEqualTo("The caller's role is restricted to services with other names.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /api/v1/services/ID            | {\"weight\":5}",
                "PATCH  | /api/v1/services/ID            | {\"weight\":5}",
                "DELETE | /api/v1/services/ID            | ",
                "POST   | /api/v1/services/ID/heartbeat  | ",
                "POST   | /api/v1/services/ID/outcomes   | {\"successes\":1,\"failures\":0}",
                "POST   | /api/v1/services/ID/health     | ",
                "POST   | /api/v1/services/ID/monitoring | ",
                "DELETE | /api/v1/services/ID/monitoring | ",
                "POST   | /api/v1/heartbeats             | {\"ids\":[\"ID\"]}",
                "POST   | /api/v1/heartbeats             | {\"heartbeats\":[{\"id\":\"ID\",\"status\":\"unhealthy\"}]}",
                "POST   | /api/v1/outcomes               | {\"outcomes\":[{\"id\":\"ID\",\"failures\":1}]}"
            })
    void changeOfInstanceOutsideScope_reportsUnknownInstance(String method, String route, @Nullable String body)
            throws IOException {
        for (var lane : LANES) {
            var another = change(method, route, body, "theirs-1", lane);
            var absent = change(method, route, body, "absent-1", lane);
            assertThat(normalized(another, "theirs-1")).isEqualTo(normalized(absent, "absent-1"));
            assertThat(normalized(another, "theirs-1")).contains("unknown_instance");
        }
    }

    @Test
    void listsAndStreams_containOnlyServicesInScope() throws IOException {
        assertThat(names("/api/v1/services?limit=1000", "/data/services", "name"))
                .contains("payments-eu", "billing")
                .doesNotContain("hr", "paymentsxeu");
        assertThat(send("GET", "/api/v1/services?service_name=hr", OPERATOR)
                        .body()
                        .at("/data/services"))
                .isEmpty();
        assertThat(names("/api/v1/service-names", "/data/services", "name"))
                .contains("payments-eu", "billing")
                .doesNotContain("hr", "paymentsxeu");
        assertThat(names("/api/v1/audit?limit=1000", "/data/entries", "service_name"))
                .contains("payments-eu", "billing")
                .doesNotContain("hr", "paymentsxeu", "");
        assertThat(names("/api/v1/diff?from=1", "/data/changes", "service_name"))
                .contains("payments-eu", "billing")
                .doesNotContain("hr", "paymentsxeu");
        assertThat(server.lines("/api/v1/events?from=0", OPERATOR))
                .anyMatch(line -> line.contains("payments-eu"))
                .noneMatch(line -> line.contains("\"hr\"") || line.contains("paymentsxeu"));
        assertThat(server.lines("/api/v1/audit", OPERATOR))
                .anyMatch(line -> line.contains("payments-eu"))
                .noneMatch(line -> line.contains("\"hr\"") || line.contains("paymentsxeu"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/status", "/metrics", "/api/v1/health-monitor/stats", "/api/v1/admin/api-keys"})
    void globalRoutes_forScopedRole_return403(String route) throws IOException {
        assertThat(send("GET", route, OPERATOR).status()).isEqualTo(403);
    }

    @Test
    void scopedRole_withinScope_hasPermissionsOfBaseRole() throws IOException {
        register(SERVICE, "sams", "payments-us", 201);
        assertThat(send("POST", "/api/v1/services/sams/heartbeat", SERVICE).status())
                .isEqualTo(200);
        assertThat(server.send("PATCH", "/api/v1/services/mine-1", SERVICE, "{\"weight\":5}")
                        .code())
                .isEqualTo("owned_by_another");
        register(SERVICE, "theirs-1", "payments-us", 422);
        store("payments-us", 201);
    }

    @Test
    void apiKeyAndToken_withScopedRole_areLimitedToScope() throws IOException {
        var key = server.send("POST", "/api/v1/admin/api-keys", ROOT, "{\"principal\":\"pay\",\"role\":\"payments\"}")
                .body()
                .at("/data/key")
                .asString();
        var token = server.send("POST", "/api/v1/auth/token", "ApiKey " + key, null)
                .body()
                .at("/data/access_token")
                .asString();
        for (var shown : List.of("ApiKey " + key, "Bearer " + token)) {
            assertThat(send("GET", "/api/v1/services/mine-1", shown).status()).isEqualTo(200);
            assertThat(send("GET", "/api/v1/services/theirs-1", shown).status()).isEqualTo(404);
        }
    }

    private static Reply change(String method, String route, @Nullable String body, String id, String lane)
            throws IOException {
        return server.send(
                method,
                route.replace("ID", id),
                route.contains("health") || route.contains("monitoring") ? OPERATOR : SERVICE,
                body == null ? null : body.replace("ID", id),
                "Accept",
                lane);
    }

    /** Returns a response without the requested name and its varying parts. */
    private static String normalized(Reply reply, String asked) {
        return reply.status() + " "
                + PASSING.matcher(reply.body().toString()).replaceAll("").replace(asked, "ASKED");
    }

    private static List<String> names(String path, String list, String member) throws IOException {
        return server.send("GET", path, OPERATOR, null)
                .body()
                .at(list)
                .valueStream()
                .map(one -> one.path(member).asString(""))
                .toList();
    }

    private static Reply send(String method, String path, String token, String... headers) throws IOException {
        return server.send(method, path, token, null, headers);
    }

    private static void store(String service, int status) throws IOException {
        assertThat(server.send("PUT", "/api/v1/configurations/" + service, ROOT, "{\"a\":1}")
                        .status())
                .isEqualTo(status);
    }

    private static void register(String token, String id, String service, int status) throws IOException {
        var reply = server.send(
                "POST",
                "/api/v1/services",
                token,
                "{\"id\":\"" + id + "\",\"name\":\"" + service
                        + "\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":3600}");
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
    }
}
