package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.query.discovery.counts.DiscoveryCounter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that discoveries are counted for the principals of their callers. */
@Tag("integration")
class DiscoveryCountsTest {

    private static final String SHOP = AuthenticatedServer.token("shop", "viewer");
    private static final String CART = AuthenticatedServer.token("cart", "service");
    private static final String OLGA = AuthenticatedServer.token("olga", "operator");
    private static final String PAM = AuthenticatedServer.token("pam", "web-ops");
    private static final String ROUTE = "/api/v1/services/web/discoveries";

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;

    @BeforeAll
    static void start() {
        server = AuthenticatedServer.start(
                directory.resolve("data"), "--service-discovery.auth.rbac.roles=web-ops operator web-*");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void discoveries_ofNamedPrincipals_areListedWithTheirPositions() throws IOException {
        long registered = register("web-1");
        get("/api/v1/discover?service_name=web&min_position=" + registered, SHOP);
        get("/api/v1/discover?service_name=web&limit=1", SHOP);
        get("/api/v1/discover?service_name=web&index=0", SHOP);
        get("/api/v1/discover?service_name=web&at=" + registered, SHOP);
        get("/api/v1/discover?service_name=none", SHOP);
        get("/v1/health/service/web", CART);
        long later = register("web-2");
        server.bean(DiscoveryCounter.class).end();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var answers = new TreeMap<String, Long>();
            for (var row : get(ROUTE, OLGA).body().at("/data/discoveries")) {
                long position = row.path("last_position").asLong();
                assertThat(position).isGreaterThanOrEqualTo(registered).isLessThan(later);
                assertThat(get("/api/v1/services/web/instances?at=" + position, OLGA)
                                .body()
                                .at("/data/services"))
                        .extracting(instance -> instance.path("id").asString())
                        .containsExactly("web-1");
                answers.merge(
                        row.path("principal").asString(), row.path("answers").asLong(), Long::sum);
            }
            assertThat(answers).isEqualTo(new TreeMap<>(Map.of("shop", 3L, "cart", 1L)));
        });
    }

    @Test
    void list_requiresPermissionAndScope() throws IOException {
        assertThat(get(ROUTE, SHOP).code()).isEqualTo("forbidden");
        assertThat(get(ROUTE, PAM).code()).as("outside of the scope").isEqualTo("not_found");
        assertThat(get("/api/v1/services/web-a/discoveries", PAM).status()).isEqualTo(200);
    }

    private static AuthenticatedServer.Reply get(String path, String caller) throws IOException {
        return server.send("GET", path, caller, null);
    }

    private static long register(String id) throws IOException {
        var body = "{\"id\":\"" + id + "\",\"name\":\"web\",\"address\":\"10.0.0.1\",\"port\":80}";
        return server.send("POST", "/api/v1/services", CART, body)
                .body()
                .at("/meta/position")
                .asLong();
    }
}
