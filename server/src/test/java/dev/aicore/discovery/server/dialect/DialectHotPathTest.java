package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.dialect.DialectServer.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the frequent requests of dialects on the hot path with the same requests in WebFlux. */
@Tag("integration")
class DialectHotPathTest {

    private static final String ACCEPT = "Accept";
    private static final String JSON = "application/json";

    /** Accepts the same, but isn't a form that the hot path takes. */
    private static final String UNUSUAL_JSON = "application/json;q=0.9";

    private static final int REQUEST_TIMEOUT_MS = 2_000;

    @TempDir
    static Path directory;

    private static DialectServer server;

    /** Position after the registrations of the application {@code SHOP}. */
    private static String position = "";

    @BeforeAll
    static void start() {
        server = DialectServer.start(
                directory.resolve("data"), "--service-discovery.server.request-timeout=" + REQUEST_TIMEOUT_MS + "ms");
        register("SHOP", "s1");
        register("SHOP", "s2");
        position = server.get("/eureka/apps")
                .headers()
                .firstValue("X-Registry-Position")
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void register(String app, String id) {
        var posted = server.postJson(
                "/eureka/apps/" + app, EurekaDocument.ofSpring(app, id).json());
        assertThat(posted.status()).as(posted.body()).isEqualTo(204);
    }

    /** Requests a path on the hot path, and returns what {@link #content} does. */
    private static List<Object> hot(String method, String path, String... headers) {
        int before = server.webFluxRequests();
        var content = content(server.send(method, path.replace("POSITION", position), null, headers));
        assertThat(server.webFluxRequests()).as("requests in WebFlux").isEqualTo(before);
        return content;
    }

    private static List<Object> plain(String method, String path, String... headers) {
        int before = server.webFluxRequests();
        var content = content(server.send(method, path.replace("POSITION", position), null, headers));
        assertThat(server.webFluxRequests()).as("requests in WebFlux").isEqualTo(before + 1);
        return content;
    }

    /** Returns status, body, and the headers that don't differ from request to request. */
    private static List<Object> content(Reply reply) {
        var headers = reply.headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("X-Request-Id"))
                .filter(header -> !header.getKey().equalsIgnoreCase("X-Registry-Position"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return List.of(reply.status(), headers, reply.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHOP", "shop", "Shop?unknown=1", "NOBODY", "SHOP?at=POSITION", "SHOP?at=soon"})
    void eurekaApplication_isTheSameInBoth(String app) {
        for (var accept : new String[] {JSON, "application/xml", "*/*", "application/json, application/*+json"}) {
            assertThat(hot("GET", "/eureka/apps/" + app, ACCEPT, accept))
                    .as(accept)
                    .isEqualTo(plain("GET", "/eureka/v2/apps/" + app, ACCEPT, accept));
        }
    }

    @Test
    void eurekaApplication_afterAChange_isNew() {
        register("CHANGED", "c1");
        var path = "/eureka/apps/CHANGED";
        assertThat(server.get(path, ACCEPT, JSON).body()).contains("\"c1\"").doesNotContain("\"c2\"");
        register("CHANGED", "c2");
        assertThat(server.get(path, ACCEPT, JSON).body()).contains("\"c1\"", "\"c2\"");
        server.put(path + "/c2/metadata?colour=blue");
        assertThat(server.get(path, ACCEPT, JSON).body()).contains("\"colour\":\"blue\"");
        server.delete(path + "/c2");
        assertThat(server.get(path, ACCEPT, JSON).body()).contains("\"c1\"").doesNotContain("\"c2\"");
        server.delete(path + "/c1");
        assertThat(server.get(path, ACCEPT, JSON).status()).isEqualTo(404);
    }

    @Test
    void delta_isNotTakenForAnApplication() {
        assertThat(server.get("/eureka/apps/delta", ACCEPT, JSON)
                        .json()
                        .at("/applications/apps__hashcode")
                        .asString())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s1",
                "s1?status=UP&lastDirtyTimestamp=1796076353269",
                "s1?status=UP&lastDirtyTimestamp=1796076353270",
                "s1?lastDirtyTimestamp=soon",
                "nobody"
            })
    void eurekaHeartbeat_isTheSameInBoth(String id) {
        assertThat(hot("PUT", "/eureka/apps/SHOP/" + id)).isEqualTo(plain("PUT", "/eureka/v2/apps/SHOP/" + id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Shop",
                "Shop?passing",
                "Shop?passing=maybe",
                "Shop?tag=none",
                "Shop?filter=Service.Port+%3D%3D+8080",
                "Shop?filter=Service.Port+%3D",
                "Shop?dc=other",
                "nobody",
                "Shop?stale&consistent",
                "Shop?index=1&wait=1ms",
                "Shop?index=999999999&wait=1ms",
                "Shop?at=POSITION"
            })
    void consulHealth_isTheSameInBoth(String query) {
        assertThat(hot("GET", "/v1/health/service/" + query, ACCEPT, JSON))
                .isEqualTo(plain("GET", "/v1/health/service/" + query, ACCEPT, UNUSUAL_JSON));
    }

    @Test
    void blockingQuery_onTheHotPath_mayOutlastTheTimeoutOfRequests() {
        var first = server.get("/v1/health/service/Shop");
        var index = first.headers().firstValue("X-Consul-Index").orElseThrow();

        var path = "/v1/health/service/Shop?wait=" + (REQUEST_TIMEOUT_MS + 300) + "ms&index=" + index;
        assertThat(hot("GET", path, ACCEPT, JSON)).isEqualTo(content(first));
    }

    @Test
    void blockingQuery_onTheHotPath_isWoken() {
        register("WAIT", "w1");
        var first = server.get("/v1/health/service/Wait");
        var index = first.headers().firstValue("X-Consul-Index").orElseThrow();
        int before = server.webFluxRequests();
        var waiting = CompletableFuture.supplyAsync(
                () -> server.get("/v1/health/service/Wait?wait=30s&index=" + index, ACCEPT, JSON));
        register("WAIT", "w2");

        assertThat(waiting.join().json()).hasSize(2);
        assertThat(server.webFluxRequests()).as("only the registration").isEqualTo(before + 1);
    }

    @Test
    void concurrentRegistrations_ofOneInstance_leaveTheNewest() {
        for (int round = 0; round < 20; round++) {
            var id = "r" + round;
            var all = IntStream.rangeClosed(1, 8)
                    .mapToObj(dirty -> CompletableFuture.runAsync(() -> {
                        var document =
                                EurekaDocument.ofSpring("RACE", id).with("lastDirtyTimestamp", Integer.toString(dirty));
                        assertThat(server.postJson("/eureka/apps/RACE", document.json())
                                        .status())
                                .isEqualTo(204);
                    }))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(all).join();

            var stored = server.get("/eureka/apps/RACE/" + id, ACCEPT, JSON).json();
            assertThat(stored.at("/instance/lastDirtyTimestamp").asString())
                    .as(id)
                    .isEqualTo("8");
        }
    }
}
