package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests that Spring Cloud Consul works after a change of its port, with its HTTP check and with heartbeats. */
@Tag("clients")
class SpringConsulTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String DISCOVERY = "--spring.cloud.consul.discovery.";

    @Test
    void springClient_worksAfterAChangeOfItsPort(@TempDir Path directory) throws Exception {
        int port = freePort();
        var server = DialectServer.start(directory.resolve("data"), port);
        try (var checked = SpringConsulProcess.start(port, freePort(), DISCOVERY + "health-check-interval=1s");
                var beating = SpringConsulProcess.start(
                        port,
                        freePort(),
                        DISCOVERY + "heartbeat.enabled=true",
                        DISCOVERY + "heartbeat.ttl=6s",
                        DISCOVERY + "query-passing=true")) {
            awaitStatus(server, checked, "healthy");
            awaitStatus(server, beating, "healthy");
            assertThat(view(server, checked)
                            .at("/health_check/config/checks/service:" + checked.instanceId() + "/status")
                            .asString())
                    .isEqualTo("passing");
            assertThat(view(server, beating).at("/ttl").asInt()).isEqualTo(6);
            assertThat(server.get("/eureka/apps/ORDERS", "Accept", "application/json")
                            .body())
                    .contains(id(checked), id(beating));
            awaitInstances(checked, checked, beating);
            awaitInstances(beating, checked, beating);

            assertThat(checked.send("status OUT_OF_SERVICE")).contains("OUT_OF_SERVICE");
            awaitStatus(server, checked, "maintenance");
            awaitInstances(beating, beating);
            awaitInstances(checked, checked, beating); // finds instances in every state, as at Consul
            checked.send("status UP");
            awaitStatus(server, checked, "healthy");

            var before = view(server, checked);
            server.close();
            server = DialectServer.start(directory.resolve("data"), port);
            var restarted = server;
            awaitTrue(() -> requests(restarted, "pass") >= 2);
            assertThat(requests(server, "register"))
                    .as("registrations after the restart")
                    .isZero();
            awaitStatus(server, checked, "healthy");
            awaitStatus(server, beating, "healthy");
            assertThat(view(server, checked).at("/registered_at")).isEqualTo(before.at("/registered_at"));
            awaitInstances(checked, checked, beating);
            awaitInstances(beating, checked, beating);

            checked.quit();
            beating.quit();
            awaitTrue(() -> restarted.get("/api/v1/services/" + id(checked)).status() == 404
                    && restarted.get("/api/v1/services/" + id(beating)).status() == 404);
        } finally {
            server.close();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until the discovery client of an application finds these applications and no others. */
    private static void awaitInstances(SpringConsulProcess client, SpringConsulProcess... expected) {
        var instances = Arrays.stream(expected)
                .map(other -> other.instanceId() + "=http://127.0.0.1:" + other.port())
                .sorted()
                .collect(Collectors.joining(" "));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.send("instances orders")).isEqualTo("instances " + instances));
    }

    private static void awaitStatus(DialectServer server, SpringConsulProcess client, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(view(server, client).at("/status").asString())
                                .as(client.instanceId())
                                .isEqualTo(status));
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition);
    }

    private static JsonNode view(DialectServer server, SpringConsulProcess client) {
        return server.get("/api/v1/services/" + id(client)).json().at("/data");
    }

    /** Returns the native id of the application, whose agent is that of the registry's host. */
    private static String id(SpringConsulProcess client) {
        return client.instanceId() + "@localhost";
    }

    /** Returns the number of answered requests of an operation. */
    private static double requests(DialectServer server, String operation) {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("service_discovery_dialect_requests_total{")
                        && line.contains("dialect=\"consul\"")
                        && line.contains("operation=\"" + operation + "\"")
                        && line.contains("outcome=\"answered\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
