package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs registries with bridges to the installed etcd and to another registry's Consul dialect, across kills. */
@Tag("integration")
class BridgesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void bridgeToEtcd_keepsBothSidesEqualAndSaysWhoDidWhat() throws Exception {
        try (var etcd = EtcdGateway.start(directory)) {
            etcd.register("/services/orders/1", "10.0.0.1");
            var options = List.of(
                    "--service-discovery.bridges.definitions=legacy etcd both lease-ttl=5 endpoint=" + etcd.endpoint());
            try (var registry = RunningRegistry.start(directory, options)) {
                assertThat(registry.post("/api/v1/services", body("billing-a", "10.0.0.2"))
                                .status())
                        .isEqualTo(201);
                awaitSets(
                        registry,
                        Set.of("legacy:orders:1", "billing-a"),
                        etcd,
                        Set.of("orders/1", "billing/billing-a"));
                assertHistory(registry);
                assertAdministration(registry);
                registry.kill();
            }
            etcd.register("/services/orders/2", "10.0.0.3");
            try (var registry = RunningRegistry.start(directory, options)) {
                awaitSets(
                        registry,
                        Set.of("legacy:orders:1", "legacy:orders:2", "billing-a"),
                        etcd,
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

    private static void awaitSets(RunningRegistry registry, Set<String> here, EtcdGateway etcd, Set<String> there) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(ids(registry)).isEqualTo(new TreeSet<>(here));
            assertThat(etcd.entries("/services/").keySet()).isEqualTo(there);
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
        assertThat(bridge.path("node").asString()).isEqualTo("embedded");
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
}
