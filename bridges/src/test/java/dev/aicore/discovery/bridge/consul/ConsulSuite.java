package dev.aicore.discovery.bridge.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import dev.aicore.discovery.bridge.sync.MemoryRegistry;
import dev.aicore.discovery.bridge.sync.RunningBridge;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of a bridge with any agent of Consul. Each test has services of its own. */
abstract class ConsulSuite {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /** Returns the URL of the agent. */
    abstract String address();

    RunningBridge bridge(String direction, String... options) {
        return bridge("store-1", MemoryRegistry.of("any"), direction, options);
    }

    RunningBridge bridge(String registry, MemoryRegistry local, String direction, String... options) {
        var definition = "b consul " + direction + " address=" + address() + " " + String.join(" ", options);
        return RunningBridge.start(
                registry, definition, local, (parsed, _, timeout, _) -> new ConsulRegistry(parsed, timeout));
    }

    @Test
    void presentAndLaterInstances_areFollowed() throws Exception {
        register("follow-orders", "o1", "10.0.0.1", "");
        try (var bridge = bridge("in", "service=follow-*")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.local())
                            .allMatch(id -> id.endsWith(":o1"))
                            .hasSize(1));
            assertThat(bridge.reasons()).allMatch(reason -> reason.matches("Consul index [0-9]+"));
            register("follow-orders", "o2", "10.0.0.2", "");
            register("follow-billing", "b1", "10.0.0.3", "");
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 3);
            put("/v1/agent/service/deregister/o1", "");
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 2);

            put("/v1/agent/service/maintenance/o2?enable=true", "");
            await().atMost(PATIENCE).until(() -> bridge.find(id(bridge, ":o2")).state() == State.MAINTENANCE);
            register("follow-billing", "b1", "10.0.0.3", "\"Meta\": {\"version\": \"2.0.0\", \"team\": \"x\"},");
            await().atMost(PATIENCE)
                    .until(() -> bridge.find(id(bridge, ":b1")).version().equals("2.0.0"));
            assertThat(bridge.find(id(bridge, ":b1")).metadata()).containsEntry("team", "x");
        } finally {
            put("/v1/agent/service/deregister/o2", "");
            put("/v1/agent/service/deregister/b1", "");
        }
    }

    @Test
    void exportedInstances_areInTheCatalogOfAnExternalNodeAndGoAway() throws Exception {
        exportsAndRemoves("catalog");
    }

    @Test
    void exportedInstances_areAtTheAgentAndGoAway() throws Exception {
        exportsAndRemoves("agent");
    }

    private void exportsAndRemoves(String register) throws Exception {
        var service = "export-" + register;
        try (var bridge = bridge("out", "register=" + register)) {
            bridge.register(service, register + "-a", "10.0.0.1");
            bridge.register(service, register + "-b", "10.0.0.2");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(addresses(service, true)).containsExactly("10.0.0.1", "10.0.0.2"));
            bridge.register(new BridgedInstance(
                    register + "-a",
                    service,
                    "1",
                    "10.0.0.1",
                    80,
                    "http",
                    100,
                    Map.of(),
                    List.of(),
                    "",
                    State.UNHEALTHY));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(addresses(service, true)).containsExactly("10.0.0.2"));
            assertThat(addresses(service, false)).hasSize(2);
            bridge.deregister(register + "-a");
            bridge.deregister(register + "-b");
            await().atMost(PATIENCE).until(() -> addresses(service, false).isEmpty());
        }
    }

    @Test
    void twoRegistriesWithBridgesToTheSameConsul_neverEcho() throws Exception {
        try (var first = bridge("store-1", MemoryRegistry.of("any"), "both", "service=echo-*", "node=first");
                var second = bridge("store-2", MemoryRegistry.of("any"), "both", "service=echo-*", "node=second")) {
            first.register("echo-orders", "e1", "10.0.0.1");
            second.register("echo-orders", "e2", "10.0.0.2");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(first.local()).containsExactlyInAnyOrder("e1", "b:echo-orders:e2");
                assertThat(second.local()).containsExactlyInAnyOrder("e2", "b:echo-orders:e1");
            });
            for (int i = 0; i < 20; i++) {
                first.register("echo-orders", "c" + i, "10.0.1." + i);
                if (i % 2 == 0) {
                    first.deregister("c" + i);
                }
            }
            await().atMost(PATIENCE).until(() -> second.local().size() == 12);
            assertThat(first.local()).hasSize(12);
            assertThat(addresses("echo-orders", false)).hasSize(12);
            first.local().stream().filter(id -> !id.startsWith("b:")).forEach(first::deregister);
            second.deregister("e2");
            await().atMost(PATIENCE).untilAsserted(() -> {
                first.resume();
                assertThat(addresses("echo-orders", false)).isEmpty();
            });
        }
    }

    private static String id(RunningBridge bridge, String end) {
        return bridge.local().stream()
                .filter(id -> id.endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    void register(String service, String id, String address, String fields) throws IOException, InterruptedException {
        put(
                "/v1/agent/service/register",
                "{\"ID\": \"%s\", \"Name\": \"%s\", %s \"Address\": \"%s\", \"Port\": 80}"
                        .formatted(id, service, fields, address));
    }

    private Set<String> addresses(String service, boolean passing) throws IOException, InterruptedException {
        var found = new TreeSet<String>();
        for (JsonNode entry : get("/v1/health/service/" + service)) {
            boolean passes = entry.path("Checks")
                    .valueStream()
                    .allMatch(check -> check.path("Status").asString().equals("passing"));
            if (passes || !passing) {
                found.add(entry.path("Service").path("Address").asString());
            }
        }
        return found;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(send(HttpRequest.newBuilder(URI.create(address() + path))));
    }

    void put(String path, String body) throws IOException, InterruptedException {
        var _ = send(HttpRequest.newBuilder(URI.create(address() + path)).PUT(BodyPublishers.ofString(body)));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
