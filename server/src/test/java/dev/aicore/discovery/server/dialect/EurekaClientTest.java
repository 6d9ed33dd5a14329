package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Runs Spring Cloud's Eureka client against the registry: registration, discovery in both directions, an override, a
 * restart of the registry, and the client's end. Needs the build of {@code examples/eureka}.
 */
@Tag("clients")
class EurekaClientTest {

    @Test
    void springClient_worksAfterAChangeOfItsUrl(@TempDir Path directory) throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var server = DialectServer.start(directory.resolve("data"), port);
        try (var client = EurekaClientProcess.start(server.address() + "/eureka/")) {
            var path = "/api/v1/services/shop-front:" + client.instanceId();
            var running = server;
            awaitTrue(() -> view(running, path).at("/status").asString().equals("healthy"));
            assertThat(view(server, path).at("/name").asString()).isEqualTo("Shop-Front");

            server.postJson(
                    "/api/v1/services",
                    "{\"id\":\"p1\",\"name\":\"Payments\",\"address\":\"10.0.0.1\",\"port\":8081,\"ttl\":600}");
            awaitTrue(() -> client.send("instances payments").equals("instances p1=http://10.0.0.1:8081"));
            awaitTrue(() -> client.send("instances shop-front").contains(client.instanceId() + "="));
            server.delete("/api/v1/services/p1");
            awaitTrue(() -> client.send("instances payments").equals("instances "));

            assertThat(client.send("status OUT_OF_SERVICE")).contains("OUT_OF_SERVICE");
            awaitTrue(() -> view(running, path).at("/status").asString().equals("maintenance"));
            client.send("status CANCEL_OVERRIDE");
            awaitTrue(() -> view(running, path).at("/status").asString().equals("healthy"));

            var before = view(server, path);
            server.close();
            server = DialectServer.start(directory.resolve("data"), port);
            var restarted = server;
            awaitTrue(() -> requests(restarted, "renew", "answered") >= 3);
            assertThat(requests(server, "register", "answered"))
                    .as("registrations after the restart")
                    .isZero();
            assertThat(requests(server, "renew", "refused"))
                    .as("heartbeats refused after the restart")
                    .isZero();
            assertThat(view(server, path).at("/registered_at")).isEqualTo(before.at("/registered_at"));

            client.quit();
            awaitTrue(() -> restarted.get(path).status() == 404);
            assertThat(server.get("/eureka/apps/SHOP-FRONT").status()).isEqualTo(404);
        } finally {
            server.close();
        }
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(condition);
    }

    private static JsonNode view(DialectServer server, String path) {
        return server.get(path).json().at("/data");
    }

    /** Returns a counter of the metrics; 0 if it is absent. */
    private static double requests(DialectServer server, String operation, String outcome) {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("service_discovery_dialect_requests_total{")
                        && line.contains("operation=\"" + operation + "\"")
                        && line.contains("outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
