package dev.aicore.discovery.client.testing;

import static dev.aicore.discovery.client.testing.ClientFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.json.JsonReader;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Heartbeats of a client: what they report, together and with older registries. */
class ClientHeartbeatTest {

    @Test
    void registration_withAnOlderRegistry_reportsItsHealthAlone() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.likeFirstVersion();
            var me = fixture.client.register(ORDERS);
            me.ready();
            fixture.eventually(() -> fixture.hasOrder("healthy"));
            long single = fixture.requests("POST", "/api/v1/services/" + me.id() + "/heartbeat");
            fixture.time.advance(Duration.ofSeconds(10));
            long batches = fixture.requests("POST", "/api/v1/heartbeats");
            fixture.eventually(() -> fixture.requests("POST", "/api/v1/heartbeats") > batches);

            assertThat(fixture.requests("POST", "/api/v1/services/" + me.id() + "/heartbeat"))
                    .isEqualTo(single);
        }
    }

    @Test
    void heartbeats_reportThePositionsAndAgesOfLists_alsoOfOldOnes() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");
            fixture.listed("payments");
            var me = fixture.client.register(ORDERS);
            me.ready();
            String id = Objects.requireNonNull(me.id());
            fixture.eventually(() ->
                    fixture.hasOrder("healthy") && fixture.registry.view(id).containsKey("payments"));

            String second = fixture.registry.has("payments", "10.0.0.2:80");
            long known = position(fixture);
            fixture.eventually(() -> fixture.registry.view(id).getOrDefault("payments", 0L) == known);

            fixture.registry.muteStreams();
            fixture.registry.deregister(second, "alice", "moved");
            fixture.time.advance(Duration.ofSeconds(30));
            long before = fixture.requests("POST", "/api/v1/heartbeats");
            fixture.time.advance(Duration.ofSeconds(10));
            fixture.eventually(() -> fixture.requests("POST", "/api/v1/heartbeats") > before);

            assertThat(fixture.registry.view(id)).containsExactly(Map.entry("payments", known));
            var last = fixture.registry.requests("POST", "/api/v1/heartbeats").get((int) before);
            var list = JsonReader.parseObject(last.body())
                    .objects("heartbeats")
                    .get(0)
                    .objects("view")
                    .get(0);
            assertThat(list.number("age_ms", -1)).isGreaterThanOrEqualTo(30_000);
        }
    }

    private static long position(ClientFixture fixture) {
        return fixture.registry.instances("payments").stream()
                .mapToLong(instance -> (Long) instance.get("position"))
                .max()
                .orElseThrow();
    }

    @Test
    void heartbeats_toARegistryWithoutViews_reportHealthTogether() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.likeVersionWithoutViews();
            fixture.registry.has("payments", "10.0.0.1:80");
            fixture.listed("payments");
            var me = fixture.client.register(ORDERS);
            me.ready();
            fixture.eventually(() -> fixture.hasOrder("healthy"));

            var batches = fixture.registry.requests("POST", "/api/v1/heartbeats");
            assertThat(batches).anyMatch(request -> request.body().contains("\"view\""));
            assertThat(batches.get(batches.size() - 1).body()).doesNotContain("\"view\"");
            assertThat(fixture.requests("POST", "/api/v1/services/" + me.id() + "/heartbeat"))
                    .isZero();
        }
    }

    @Test
    void heartbeats_withViewsTurnedOff_reportNone() {
        try (var fixture = new ClientFixture(options -> options.views(false))) {
            fixture.registry.has("payments", "10.0.0.1:80");
            fixture.listed("payments");
            fixture.client.register(ORDERS).ready();
            fixture.eventually(() -> fixture.hasOrder("healthy"));

            assertThat(fixture.registry.requests("POST", "/api/v1/heartbeats"))
                    .isNotEmpty()
                    .noneMatch(request -> request.body().contains("\"view\""));
        }
    }

    @Test
    void registrations_shareOneBatch() {
        try (var fixture = new ClientFixture()) {
            for (int i = 0; i < 20; i++) {
                fixture.client.register(ORDERS.address("10.0.1." + i)).ready();
            }
            fixture.eventually(() -> fixture.registry.instances("orders").stream()
                    .allMatch(instance -> "healthy".equals(instance.get("status"))));
            long before = fixture.requests("POST", "/api/v1/heartbeats");
            fixture.time.advance(Duration.ofSeconds(10));
            fixture.eventually(() -> fixture.requests("POST", "/api/v1/heartbeats") > before);

            var batch = fixture.registry.requests("POST", "/api/v1/heartbeats").get((int) before);
            assertThat(batch.body().split("\"id\"", -1)).hasSize(21);
        }
    }
}
