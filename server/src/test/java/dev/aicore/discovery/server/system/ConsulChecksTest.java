package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests several checks of one Consul instance, which the registry runs and the instance reports. */
@Tag("integration")
class ConsulChecksTest {

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static ConsulClient consul;
    private static HttpServer target;
    private static volatile int targetStatus = 200;

    @BeforeAll
    static void start() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            exchange.sendResponseHeaders(targetStatus, -1);
            exchange.close();
        });
        target.start();
        registry = RunningRegistry.start(directory);
        consul = new ConsulClient(registry.address());
    }

    @AfterAll
    static void stop() {
        consul.close();
        registry.close();
        target.stop(0);
    }

    private static void register(String id, String more) throws IOException {
        var body = "{\"ID\":\"" + id + "\",\"Name\":\"" + id + "\",\"Address\":\"127.0.0.1\",\"Port\":80" + more + "}";
        var answer = consul.put("/v1/agent/service/register", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static String http() {
        return "{\"HTTP\":\"http://127.0.0.1:" + target.getAddress().getPort() + "/up\",\"Interval\":\"1s\"}";
    }

    private static void awaitThat(ThrowingRunnable assertion) {
        await().atMost(RunningRegistry.PATIENCE).untilAsserted(assertion);
    }

    private static void assertStatuses(String service, String... statuses) {
        awaitThat(() -> assertThat(consul.statuses(service)).containsExactly(statuses));
    }

    @Test
    void severalChecks_areAsGoodAsTheWorst() throws IOException {
        targetStatus = 200;
        register(
                "many",
                ",\"Check\":" + http() + ",\"Checks\":[{\"TTL\":\"60s\",\"Status\":\"passing\"},"
                        + "{\"CheckID\":\"port\",\"Name\":\"Port\",\"TCP\":\"localhost:"
                        + target.getAddress().getPort() + "\",\"Interval\":\"1s\"}]");
        assertStatuses("many", "passing", "passing", "passing");
        assertThat(consul.passing("many")).containsExactly("many");

        targetStatus = 429;
        assertStatuses("many", "passing", "warning", "passing");
        assertThat(consul.passing("many")).isEmpty();
        assertThat(consul.get("/v1/agent/health/service/id/many").status()).isEqualTo(429);
        assertNativeStatus("healthy");
        targetStatus = 503;
        assertStatuses("many", "passing", "critical", "passing");
        assertNativeStatus("unhealthy");
        targetStatus = 200;
        assertStatuses("many", "passing", "passing", "passing");

        assertThat(consul.put("/v1/agent/check/fail/service:many:2?note=full%0Adisk")
                        .status())
                .isEqualTo(200);
        assertStatuses("many", "passing", "passing", "critical");
        assertThat(consul.get("/v1/agent/checks")
                        .json()
                        .at("/service:many:2/Output")
                        .asString())
                .isEqualTo("full\ndisk");
        assertThat(consul.put("/v1/agent/check/pass/port").sentence()).contains("does not have associated TTL");
        awaitThat(() -> {
            var health = registry.get("/api/v1/services/many@localhost/health")
                    .body()
                    .at("/data");
            assertThat(health.at("/status").asString()).isEqualTo("unhealthy");
            assertThat(health.at("/checks/2/id").asString()).isEqualTo("service:many:2");
            assertThat(health.at("/checks/2/status").asString()).isEqualTo("critical");
        });
        var history = registry.get("/api/v1/services/many@localhost/history?limit=100")
                .body()
                .toString();
        assertThat(history)
                .contains("service:many:1 warning", "\"protocol\":\"check\"", "service:many:2 critical")
                .contains("Its worst check, service:many:1, is critical: The check failed.");
    }

    private static void assertNativeStatus(String status) {
        awaitThat(() -> assertThat(registry.get("/api/v1/services/many@localhost")
                        .body()
                        .at("/data/status")
                        .asString())
                .isEqualTo(status));
    }

    @Test
    void checkOfAnotherId_isAddedBesideTheFirst() throws IOException {
        targetStatus = 200;
        register("more", ",\"Check\":{\"TTL\":\"60s\",\"Status\":\"passing\"}");
        var added = http().replace("{\"HTTP", "{\"ID\":\"web\",\"Name\":\"Web\",\"ServiceID\":\"more\",\"HTTP");

        assertThat(consul.put("/v1/agent/check/register", added).status()).isEqualTo(200);
        assertStatuses("more", "passing", "passing");
        assertThat(consul.put("/v1/agent/check/warn/service:more").status()).isEqualTo(200);
        assertStatuses("more", "warning", "passing");
        assertThat(consul.put("/v1/agent/check/deregister/service:more").status())
                .isEqualTo(200);
        assertStatuses("more", "passing");
        assertThat(consul.put("/v1/agent/check/deregister/web").status()).isEqualTo(200);
        assertThat(consul.statuses("more")).isEmpty();
        assertThat(consul.passing("more")).containsExactly("more");
    }

    @Test
    void silentTtlCheck_isCriticalAloneUntilItsNextReport() throws IOException {
        targetStatus = 200;
        register("mute", ",\"Checks\":[" + http() + ",{\"TTL\":\"5s\",\"Status\":\"passing\"}]");
        register("half", ",\"Check\":{\"CheckID\":\"half-disk\",\"TTL\":\"60s\",\"Status\":\"passing\"}");
        var queue =
                "{\"ID\":\"half-queue\",\"Name\":\"Queue\",\"ServiceID\":\"half\",\"TTL\":\"5s\",\"Status\":\"passing\"}";
        assertThat(consul.put("/v1/agent/check/register", queue).status()).isEqualTo(200);
        assertThat(consul.passing("half")).containsExactly("half");

        assertStatuses("half", "passing", "critical");
        assertThat(consul.put("/v1/agent/check/pass/half-disk").status()).isEqualTo(200);
        assertThat(consul.statuses("half")).containsExactly("passing", "critical");
        assertThat(consul.put("/v1/agent/check/pass/half-queue").status()).isEqualTo(200);
        assertThat(consul.passing("half")).containsExactly("half");
        assertThat(consul.put("/v1/agent/check/deregister/half-queue").status()).isEqualTo(200);
        assertThat(consul.statuses("half")).containsExactly("passing");
        assertStatuses("mute", "passing", "critical");
        assertThat(consul.get("/v1/agent/checks")
                        .json()
                        .at("/service:mute:2/Output")
                        .asString())
                .isEqualTo("TTL expired");
        assertThat(consul.put("/v1/agent/check/pass/service:mute:2").status()).isEqualTo(200);
        assertThat(consul.passing("mute")).containsExactly("mute");
    }

    @Test
    void restart_keepsTheStatusOfEachCheck() throws IOException {
        targetStatus = 429;
        register("kept", ",\"Checks\":[{\"TTL\":\"60s\"}," + http() + "]");
        consul.put("/v1/agent/check/fail/service:kept:1?note=broken");
        assertStatuses("kept", "critical", "warning");
        consul.close();
        registry.close();
        registry = RunningRegistry.start(directory);
        consul = new ConsulClient(registry.address());

        // The read models may still be behind the store.
        assertStatuses("kept", "critical", "warning");
        assertThat(consul.get("/v1/agent/checks")
                        .json()
                        .at("/service:kept:1/Output")
                        .asString())
                .isEqualTo("broken");
        assertThat(consul.put("/v1/agent/check/pass/service:kept:1").status()).isEqualTo(200);
        targetStatus = 200;
        assertStatuses("kept", "passing", "passing");
        assertThat(consul.passing("kept")).containsExactly("kept");
    }

    @Test
    void nativeInstanceRemovedByExpiry_isRevivedByAPass() throws IOException {
        var body = "{\"id\":\"gone-1\",\"name\":\"gone\",\"address\":\"10.0.0.7\",\"port\":81,\"ttl\":5,"
                + "\"health_check\":{\"check_type\":\"ttl\",\"config\":{\"deregister_after\":1}}}";
        assertThat(registry.post("/api/v1/services", body).status()).isEqualTo(201);
        awaitThat(() -> assertThat(consul.get("/v1/health/service/gone").text()).isEqualTo("[]"));

        assertThat(consul.put("/v1/agent/check/pass/service:gone-1").status()).isEqualTo(200);

        assertThat(consul.passing("gone")).containsExactly("gone-1");
        assertThat(List.of(200, 204))
                .contains(registry.delete("/api/v1/services/gone-1").status());
        assertThat(consul.put("/v1/agent/check/pass/service:gone-1").status()).isEqualTo(404);
    }
}
