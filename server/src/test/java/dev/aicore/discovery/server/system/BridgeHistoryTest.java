package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Imports from the installed etcd under a role that is restricted to services, and reads the history of that. */
@Tag("integration")
class BridgeHistoryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String KEYS = "/services/";
    private static final String IMPORTED = "legacy:orders:1";

    @TempDir
    Path directory;

    private EtcdGateway etcd;
    private RunningRegistry registry;

    @BeforeEach
    void startBothSides() throws Exception {
        etcd = EtcdGateway.start(directory);
        etcd.register(KEYS + "orders/1", "10.0.0.1");
        etcd.register(KEYS + "billing/1", "10.0.0.2");
        registry = RunningRegistry.start(
                directory,
                List.of(
                        "--service-discovery.auth.rbac.roles=shop service orders*",
                        "--service-discovery.bridges.definitions=legacy etcd in role=shop endpoint="
                                + etcd.endpoint()));
    }

    @AfterEach
    void stop() {
        registry.close();
        etcd.close();
    }

    @Test
    void bridge_withRoleOfSomeServices_importsNoOthers() throws IOException {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var bridge = data("/api/v1/admin/bridges").at("/bridges/0");
            assertThat(bridge.path("imported").asInt()).isEqualTo(1);
            assertThat(bridge.path("refused").asInt()).isEqualTo(1);
            assertThat(data("/api/v1/services").path("services").findValuesAsString("id"))
                    .containsExactly(IMPORTED);
        });
    }

    @Test
    void importedInstance_hasHistoryThatNamesBridgeAndVersionOfTheSource() throws Exception {
        long registered = awaitEntry(0, revision());
        etcd.register(KEYS + "orders/1", "10.0.0.3");
        long changed = awaitEntry(1, revision());
        long last = revision();
        etcd.deregister(KEYS + "orders/1");
        // Only this test writes to etcd, and each write is a revision.
        long removed = awaitEntry(2, last + 1);

        assertThat(addressAt(registered)).isEqualTo("10.0.0.1");
        assertThat(addressAt(changed)).isEqualTo("10.0.0.3");
        assertThat(data("/api/v1/services?at=" + removed).path("services")).isEmpty();
        var difference =
                data("/api/v1/diff?from=" + registered + "&to=" + changed).path("changes");
        assertThat(difference).hasSize(1);
        assertThat(difference.at("/0/id").asString()).isEqualTo(IMPORTED);
        assertThat(difference.at("/0/last/actor").asString()).isEqualTo("bridge:legacy");
        assertThat(difference.at("/0/last/reason").asString()).isEqualTo("etcd revision " + last);
        var timeline = registry.send("GET", "/api/v1/services/orders/timeline.svg", "", "Accept", "application/json");
        assertThat(timeline.body().at("/data/instances/0/id").asString()).isEqualTo(IMPORTED);
        assertThat(timeline.body().at("/data/instances/0/spans")).isNotEmpty();
    }

    /** Returns the revision of the instance in etcd. */
    private long revision() throws IOException, InterruptedException {
        return Objects.requireNonNull(etcd.entries(KEYS).get("orders/1"))
                .path("mod_revision")
                .asLong();
    }

    /** Waits for an entry of the history with the revision as its reason; returns its position. */
    private long awaitEntry(int index, long revision) throws IOException {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(history()).hasSize(index + 1));
        var entry = history().get(index);
        assertThat(entry.path("actor").asString()).isEqualTo("bridge:legacy");
        assertThat(entry.path("protocol").asString()).isEqualTo("bridge");
        assertThat(entry.path("reason").asString()).isEqualTo("etcd revision " + revision);
        return entry.path("position").asLong();
    }

    private JsonNode history() throws IOException {
        return data("/api/v1/services/" + IMPORTED + "/history").path("entries");
    }

    private String addressAt(long position) throws IOException {
        return data("/api/v1/services/" + IMPORTED + "?at=" + position)
                .path("address")
                .asString();
    }

    private JsonNode data(String path) throws IOException {
        return registry.get(path).body().path("data");
    }
}
