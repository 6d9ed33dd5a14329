package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Tests that Consul's protocol refuses what the REST API refuses. */
@Tag("integration")
class ConsulPermissionsTest {

    private static final String ANN = AuthenticatedServer.token("ann", "service");
    private static final String BOB = AuthenticatedServer.token("bob", "service");
    private static final String VIEWER = AuthenticatedServer.token("vic", "viewer");
    private static final String ROOT = AuthenticatedServer.token("root", "admin");
    private static final String OPS = AuthenticatedServer.token("olga", "web-ops");
    private static final String PART = AuthenticatedServer.token("pam", "web-team");

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;

    @BeforeAll
    static void start() {
        server = AuthenticatedServer.start(
                directory.resolve("data"),
                "--service-discovery.auth.rbac.roles=web-team service web-*,web-ops operator web-*",
                "--service-discovery.quotas.per-service=2");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int register(String caller, String id, String service) throws IOException {
        var body = "{\"ID\":\"" + id + "\",\"Name\":\"" + service + "\",\"Port\":80,\"Check\":{\"TTL\":\"60s\"}}";
        return server.send("PUT", "/v1/agent/service/register", caller, body).status();
    }

    @Test
    void routes_requireCredentialsAndWritesTheRole() throws IOException {
        var routes = (RequestMappingHandlerMapping) server.bean("requestMappingHandlerMapping");
        var answers = new TreeMap<String, String>();
        for (var route : routes.getHandlerMethods().keySet()) {
            for (var pattern : route.getPatternsCondition().getPatterns()) {
                var path = pattern.getPatternString();
                if (path.startsWith("/v1/")) {
                    var method = route.getMethodsCondition()
                            .getMethods()
                            .iterator()
                            .next()
                            .name();
                    var sent = path.replaceAll("\\{[a-z_]+}", "any");
                    answers.put(
                            method + ' ' + path,
                            server.send(method, sent, null, null).status() + " "
                                    + server.send(method, sent, VIEWER, null).status());
                }
            }
        }
        assertThat(answers).hasSize(30);
        answers.forEach((route, answer) -> {
            assertThat(answer).as(route).startsWith("401 ");
            if (route.startsWith("PUT") || route.startsWith("DELETE")) {
                assertThat(answer).as(route).isEqualTo("401 403");
            } else {
                assertThat(answer).as(route).doesNotEndWith("403");
            }
        });
    }

    @Test
    void instanceOfAnother_isNotChanged() throws IOException {
        assertThat(register(ANN, "own-1", "own")).isEqualTo(200);

        assertThat(register(BOB, "own-1", "own")).isEqualTo(409);
        for (var path : new String[] {
            "service/deregister/own-1",
            "service/maintenance/own-1?enable=true",
            "check/pass/service:own-1",
            "check/warn/service:own-1?note=x",
            "check/deregister/service:own-1"
        }) {
            assertThat(server.send("PUT", "/v1/agent/" + path, BOB, null).status())
                    .as(path)
                    .isEqualTo(409);
        }
        assertThat(server.send("PUT", "/v1/agent/check/pass/service:own-1", ANN, null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void scopedRole_reachesItsServicesOnly() throws IOException {
        assertThat(register(ANN, "dark-1", "dark")).isEqualTo(200);

        assertThat(register(PART, "web-1", "web-a")).isEqualTo(200);
        assertThat(register(PART, "dark-2", "dark")).isEqualTo(403);
        assertThat(server.send("PUT", "/v1/agent/check/pass/service:dark-1", PART, null)
                        .status())
                .isEqualTo(404);
        assertThat(server.send("GET", "/v1/health/service/dark", PART, null).status())
                .isEqualTo(404);
        assertThat(server.send("GET", "/v1/agent/services", PART, null).body().propertyNames())
                .containsExactly("web-1");
        assertThat(server.send("GET", "/v1/catalog/services", PART, null).body().propertyNames())
                .containsExactly("web-a");
        assertThat(server.send("GET", "/v1/agent/service/dark-1", PART, null).status())
                .isEqualTo(404);
    }

    @Test
    void scopedRole_reachesKeysOfItsServicesOnly() throws IOException {
        for (var key : new String[] {"config/dark/data", "config/dark/url", "config/web-a/url", "free"}) {
            assertThat(server.send("PUT", "/v1/kv/" + key, ROOT, "{}").body().booleanValue())
                    .as(key)
                    .isTrue();
        }

        for (var key : new String[] {"config/dark/data", "config/dark/url", "free"}) {
            assertThat(server.send("GET", "/v1/kv/" + key, OPS, null).status())
                    .as(key)
                    .isEqualTo(404);
            assertThat(server.send("PUT", "/v1/kv/" + key, OPS, "{}").status())
                    .as(key)
                    .isEqualTo(403);
            assertThat(server.send("DELETE", "/v1/kv/" + key, OPS, null).status())
                    .as(key)
                    .isEqualTo(403);
        }
        assertThat(server.send("DELETE", "/v1/kv/?recurse", OPS, null).status()).isEqualTo(403);
        assertThat(server.send("DELETE", "/v1/kv/config/?recurse", OPS, null).status())
                .isEqualTo(403);
        assertThat(server.send("GET", "/v1/kv/?keys", OPS, null).body().toString())
                .isEqualTo("[\"config/web-a/url\"]");
        assertThat(server.send("PUT", "/v1/kv/config/web-a/data", OPS, "{}").status())
                .isEqualTo(200);
        assertThat(server.send("DELETE", "/v1/kv/config/web-a/?recurse", OPS, null)
                        .status())
                .isEqualTo(200);
        assertThat(server.send("GET", "/v1/kv/?keys", ROOT, null).body()).hasSize(3);
    }

    @Test
    void quota_appliesToRegistrations() throws IOException {
        assertThat(register(ANN, "many-1", "many")).isEqualTo(200);
        assertThat(register(ANN, "many-2", "many")).isEqualTo(200);
        assertThat(register(ANN, "many-3", "many")).isEqualTo(403);
    }
}
