package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.access.AuthenticatedServer.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies that Eureka's protocol permits nothing that the REST API refuses, and its credentials. */
@Tag("integration")
class EurekaAccessTest {

    private static final List<String> READS = List.of(
            "GET /eureka/apps",
            "GET /eureka/apps/",
            "GET /eureka/apps/delta",
            "GET /eureka/apps/delta/",
            "GET /eureka/apps/orders",
            "GET /eureka/apps/orders/o1",
            "GET /eureka/instances/o1",
            "GET /eureka/vips/orders",
            "GET /eureka/svips/orders");

    private static final List<String> CHANGES = List.of(
            "PUT /eureka/apps/orders/o1",
            "PUT /eureka/apps/orders/o1/status?value=DOWN",
            "DELETE /eureka/apps/orders/o1/status?value=DOWN",
            "PUT /eureka/apps/orders/o1/metadata?a=b",
            "DELETE /eureka/apps/orders/o1");

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;

    @BeforeAll
    static void start() throws IOException {
        server = AuthenticatedServer.start(
                directory.resolve("data"), "--service-discovery.auth.rbac.roles=billing service billing*");
        var posted = register("orders", "o1", AuthenticatedServer.token("owner", "service"));
        assertThat(posted.status()).isEqualTo(204);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Reply register(String app, String id, @Nullable String authorization) throws IOException {
        return server.send("POST", "/eureka/apps/" + app, authorization, """
                {"instance": {"instanceId": "%2$s", "app": "%1$s", "hostName": "10.0.0.1", "ipAddr": "10.0.0.1",
                 "status": "UP", "vipAddress": "%1$s", "port": {"$": 8080, "@enabled": "true"},
                 "dataCenterInfo": {"name": "MyOwn"}}}""".formatted(app, id));
    }

    private static Reply send(String request, @Nullable String authorization, String... headers) throws IOException {
        int blank = request.indexOf(' ');
        return server.send(request.substring(0, blank), request.substring(blank + 1), authorization, null, headers);
    }

    /** Returns the request below the other prefix. */
    private static List<String> both(List<String> requests) {
        return requests.stream()
                .flatMap(request -> List.of(request, request.replace("/eureka/", "/eureka/v2/")).stream())
                .toList();
    }

    @Test
    void callerWithoutCredentials_isRefusedEverywhere() throws IOException {
        assertThat(register("orders", "o1", null).status()).isEqualTo(401);
        for (var requests : List.of(both(READS), both(CHANGES))) {
            for (var request : requests) {
                var refused = send(request, null);
                assertThat(refused.status()).as(request).isEqualTo(401);
                assertThat(refused.headers().firstValue("Content-Type"))
                        .as(request)
                        .contains("text/plain;charset=UTF-8");
            }
        }
    }

    @Test
    void viewer_readsButChangesNothing() throws IOException {
        var viewer = AuthenticatedServer.token("reader", "viewer");

        for (var request : both(READS)) {
            assertThat(send(request, viewer).status()).as(request).isEqualTo(200);
        }
        for (var request : both(CHANGES)) {
            assertThat(send(request, viewer).status()).as(request).isEqualTo(403);
        }
        assertThat(register("orders", "o2", viewer).status()).isEqualTo(403);
        assertUnchanged();
    }

    @Test
    void otherOwner_changesNothing() throws IOException {
        var other = AuthenticatedServer.token("other", "service");

        for (var request : both(CHANGES)) {
            assertThat(send(request, other).status()).as(request).isEqualTo(403);
        }
        assertThat(register("orders", "o1", other).status()).isEqualTo(403);
        assertUnchanged();
    }

    @Test
    void scopedRole_neitherSeesNorChangesOtherServices() throws IOException {
        var billing = AuthenticatedServer.token("biller", "billing");

        assertThat(register("billing", "b1", billing).status()).isEqualTo(204);
        assertThat(register("orders", "o2", billing).status()).isEqualTo(403);
        for (var request : both(CHANGES)) {
            assertThat(send(request, billing).status()).as(request).isEqualTo(404);
        }
        for (var request :
                List.of("GET /eureka/apps/orders", "GET /eureka/apps/orders/o1", "GET /eureka/instances/o1")) {
            assertThat(send(request, billing).status()).as(request).isEqualTo(404);
        }
        for (var path : List.of("/eureka/apps", "/eureka/apps/delta", "/eureka/apps?at=-0s")) {
            var visible = send("GET " + path, billing, "Accept", "application/json");
            assertThat(visible.body().toString()).as(path).contains("BILLING").doesNotContain("ORDERS");
            assertThat(visible.body().at("/applications/apps__hashcode").asString())
                    .isEqualTo("UP_1_");
        }
        assertUnchanged();
    }

    @Test
    void basicCredentials_carryATokenAsPasswordOrUser() throws IOException {
        var token = AuthenticatedServer.token("owner", "service").substring("Bearer ".length());

        assertThat(send("PUT /eureka/apps/orders/o1", basic("anyone:" + token)).status())
                .isEqualTo(200);
        assertThat(send("PUT /eureka/apps/orders/o1", basic(token + ":")).status())
                .isEqualTo(200);
        assertThat(send("GET /eureka/apps", null, "X-Consul-Token", token).status())
                .isEqualTo(200);
        assertThat(send("GET /eureka/apps", null, "X-Consul-Token", "").status())
                .isEqualTo(401);
        for (var wrong : List.of("anyone:wrong", "anyone", ":", "a:sd_unknownunknown_x")) {
            assertThat(send("GET /eureka/apps", basic(wrong)).status())
                    .as(wrong)
                    .isEqualTo(401);
        }
        assertThat(send("GET /eureka/apps", "Basic %%%").status()).isEqualTo(401);
    }

    @Test
    void basicCredentials_fromAForeignPage_areRefused() throws IOException {
        var token = AuthenticatedServer.token("owner", "service").substring("Bearer ".length());

        assertThat(send("PUT /eureka/apps/orders/o1", basic("x:" + token), "Origin", "https://evil.example")
                        .status())
                .isEqualTo(401);
        assertThat(send("GET /eureka/apps", null)
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElse(""))
                .as("browsers must not ask for a password")
                .doesNotContainIgnoringCase("basic");
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertUnchanged() throws IOException {
        var instance = send(
                        "GET /eureka/apps/orders/o1",
                        AuthenticatedServer.token("root", "admin"),
                        "Accept",
                        "application/json")
                .body()
                .at("/instance");
        assertThat(instance.at("/status").asString()).isEqualTo("UP");
        assertThat(instance.at("/overriddenStatus").asString()).isEqualTo("UNKNOWN");
        assertThat(instance.at("/metadata").has("a")).isFalse();
    }
}
