package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs registries with bridges to the installed etcd and to another registry's Consul dialect, across kills. */
@Tag("integration")
class BridgesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private String etcd = "";

    @Test
    void bridgeToEtcd_keepsBothSidesEqualAndSaysWhoDidWhat() throws Exception {
        int port = RunningRegistry.freePort();
        etcd = "http://127.0.0.1:" + port;
        try (var server = InstalledProgram.start(
                directory.resolve("etcd.log"),
                "etcd",
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=http://127.0.0.1:" + RunningRegistry.freePort(),
                "--unsafe-no-fsync")) {
            assertThat(server).isNotNull();
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> put("orders/1", "10.0.0.1"));
            var options =
                    List.of("--service-discovery.bridges.definitions=legacy etcd both lease-ttl=5 endpoint=" + etcd);
            try (var registry = RunningRegistry.start(directory, options)) {
                assertThat(registry.post("/api/v1/services", body("billing-a", "10.0.0.2"))
                                .status())
                        .isEqualTo(201);
                awaitSets(registry, Set.of("legacy:orders:1", "billing-a"), Set.of("orders/1", "billing/billing-a"));
                assertHistory(registry);
                assertAdministration(registry);
                registry.kill();
            }
            put("orders/2", "10.0.0.3");
            try (var registry = RunningRegistry.start(directory, options)) {
                awaitSets(
                        registry,
                        Set.of("legacy:orders:1", "legacy:orders:2", "billing-a"),
                        Set.of("orders/1", "orders/2", "billing/billing-a"));
            }
        }
    }

    @Test
    void bridgeToARegistryThatSpeaksConsul_keepsBothSidesEqualAcrossKills() throws Exception {
        int port = RunningRegistry.freePort();
        var options = List.of("--service-discovery.bridges.definitions=old consul both register=agent address="
                + "http://127.0.0.1:" + port);
        var otherDirectory = Files.createDirectory(directory.resolve("other"));
        try (var registry = RunningRegistry.start(directory, options)) {
            try (var other = RunningRegistry.start(otherDirectory, port, List.of())) {
                assertThat(other.post("/api/v1/services", body("shipping-a", "10.0.0.1"))
                                .status())
                        .isEqualTo(201);
                assertThat(registry.post("/api/v1/services", body("billing-a", "10.0.0.2"))
                                .status())
                        .isEqualTo(201);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(withoutNode(registry)).containsExactly("billing-a", "old:billing:shipping-a");
                    assertThat(withoutNode(other)).containsExactly("billing-a", "shipping-a");
                });
                var imported = ids(registry).stream()
                        .filter(id -> id.startsWith("old:"))
                        .findFirst()
                        .orElseThrow();
                assertThat(registry.get("/api/v1/services/" + imported + "/history")
                                .body()
                                .at("/data/entries/0/reason")
                                .asString())
                        .startsWith("Consul index ");
                other.kill();
            }
            assertThat(registry.post("/api/v1/services", body("billing-b", "10.0.0.3"))
                            .status())
                    .isEqualTo(201);
            try (var other = RunningRegistry.start(otherDirectory, port, List.of())) {
                assertThat(other.post("/api/v1/services", body("shipping-b", "10.0.0.4"))
                                .status())
                        .isEqualTo(201);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(withoutNode(registry))
                            .containsExactly(
                                    "billing-a", "billing-b", "old:billing:shipping-a", "old:billing:shipping-b");
                    assertThat(withoutNode(other))
                            .containsExactly("billing-a", "billing-b", "shipping-a", "shipping-b");
                });
            }
        }
    }

    /** Returns the ids of a registry without the node, which is part of ids that come over Consul's protocol. */
    private static Set<String> withoutNode(RunningRegistry registry) throws IOException {
        return ids(registry).stream()
                .map(id -> id.replaceFirst("^(old:billing:)[^:]+:", "$1").replaceFirst("@.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void awaitSets(RunningRegistry registry, Set<String> here, Set<String> there) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(ids(registry)).isEqualTo(new TreeSet<>(here));
            assertThat(keys()).isEqualTo(new TreeSet<>(there));
        });
    }

    private static void assertHistory(RunningRegistry registry) throws IOException {
        var entry =
                registry.get("/api/v1/services/legacy:orders:1/history").body().at("/data/entries/0");
        assertThat(entry.path("actor").asString()).isEqualTo("bridge:legacy");
        assertThat(entry.path("protocol").asString()).isEqualTo("bridge");
        assertThat(entry.path("reason").asString()).startsWith("etcd revision ");
    }

    private static void assertAdministration(RunningRegistry registry) throws IOException {
        var path = "/api/v1/admin/bridges";
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(registry.get(path)
                                .body()
                                .at("/data/bridges/0/exported")
                                .asInt())
                        .isEqualTo(1));
        var bridge = registry.get(path).body().at("/data/bridges/0");
        assertThat(bridge.path("state").asString()).isEqualTo("running");
        assertThat(bridge.path("imported").asInt()).isEqualTo(1);
        assertThat(registry.get("/api/v1/status")
                        .body()
                        .at("/data/bridges/0/name")
                        .asString())
                .isEqualTo("legacy");
        assertThat(registry.get(path + "/legacy/plan")
                        .body()
                        .at("/data/imports/brought")
                        .asInt())
                .isEqualTo(1);
        assertThat(registry.post(path + "/legacy/pause", "")
                        .body()
                        .at("/data/state")
                        .asString())
                .isEqualTo("paused");
        assertThat(registry.post(path + "/legacy/resume", "")
                        .body()
                        .at("/data/state")
                        .asString())
                .isEqualTo("running");
        assertThat(registry.get(path + "/other/plan")
                        .body()
                        .at("/errors/0/expected")
                        .asString())
                .isEqualTo("one of legacy");
    }

    private static Set<String> ids(RunningRegistry registry) throws IOException {
        var ids = new TreeSet<String>();
        registry.get("/api/v1/services")
                .body()
                .at("/data/services")
                .forEach(found -> ids.add(found.path("id").asString()));
        return ids;
    }

    private static String body(String id, String address) {
        return "{\"id\": \"" + id + "\", \"name\": \"billing\", \"address\": \"" + address
                + "\", \"port\": 80, \"ttl\": 3600}";
    }

    private void put(String key, String address) throws IOException, InterruptedException {
        var value = "{\"address\": \"" + address + "\", \"port\": 80}";
        etcd("put", "{\"key\": \"" + base64("/services/" + key) + "\", \"value\": \"" + base64(value) + "\"}");
    }

    private Set<String> keys() throws IOException, InterruptedException {
        var found = etcd(
                "range",
                "{\"key\": \"" + base64("/services/") + "\", \"range_end\": \"" + base64("/services0") + "\"}");
        return found.path("kvs")
                .valueStream()
                .map(entry ->
                        new String(Base64.getDecoder().decode(entry.path("key").asString()), StandardCharsets.UTF_8))
                .map(key -> key.substring("/services/".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Calls the JSON gateway of etcd. */
    private JsonNode etcd(String method, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(etcd + "/v3/kv/" + method))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
