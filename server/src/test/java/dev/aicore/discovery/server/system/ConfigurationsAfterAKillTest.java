package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a registry with configurations and keys. */
@Tag("integration")
class ConfigurationsAfterAKillTest {

    /** Number of configurations, more than the aggregate has events between two snapshots. */
    private static final int MANY = 520;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void configurations_afterKill_areCompleteAndReplayIdempotencyKeys() throws Exception {
        var registry = RunningRegistry.start(directory);
        var orders = new ConfigurationClient(registry, "orders");
        var billing = new ConfigurationClient(registry, "billing");
        // A store without any configuration has no aggregate of configurations yet.
        assertThat(orders.ask("DELETE", "", null).code()).isEqualTo("unknown_configuration");
        assertThat(orders.ask("POST", "/rollback", "{\"version\":1}").code()).isEqualTo("unknown_configuration");
        assertThat(orders.ask("PUT", "", "{}", "If-Match", "\"1\"").code()).isEqualTo("precondition_failed");

        var keyed = orders.ask("PUT", "", "{\"v\":1}", "Idempotency-Key", "k1");
        assertThat(keyed.status()).isEqualTo(201);
        for (int version = 2; version <= MANY; version++) {
            assertThat(orders.ask("PUT", "", "{\"v\":" + version + "}").status())
                    .isEqualTo(200);
        }
        var last = billing.ask("PUT", "/schema", "{\"required\":[\"a\"]}");
        await().atMost(Duration.ofSeconds(60)).until(() -> snapshots(registry).equals(List.of("VersionBook -2")));
        long keyIndex;
        try (var consul = new ConsulClient(registry.address())) {
            assertThat(consul.put("/v1/kv/a", "1").text()).isEqualTo("true");
            keyIndex = consul.get("/v1/kv/a").index();
            assertThat(consul.put("/v1/kv/a", "2").text()).isEqualTo("true");
        }
        registry.kill();

        try (var restarted = RunningRegistry.start(directory)) {
            var ordersAgain = new ConfigurationClient(restarted, "orders");
            var billingAgain = new ConfigurationClient(restarted, "billing");
            var replayed = ordersAgain.ask("PUT", "", "{\"v\":1}", "Idempotency-Key", "k1");
            assertThat(replayed.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(replayed.text()).isEqualTo(keyed.text());
            assertThat(ordersAgain
                            .ask("PUT", "", "{\"v\":2}", "Idempotency-Key", "k1")
                            .code())
                    .isEqualTo("idempotency_key_reused");
            assertThat(billingAgain.ask("PUT", "", "{}").code()).isEqualTo("schema_violated");
            var back = ordersAgain.ask("POST", "/rollback", "{\"version\":1}", "If-Match", "\"" + MANY + "\"");
            assertThat(back.status()).isEqualTo(200);
            assertThat(back.position()).isGreaterThan(last.position());
            var read = ordersAgain.ask("GET", "?wait=20s&min_position=" + back.position(), null);
            assertThat(read.data("/version")).isEqualTo(Integer.toString(MANY + 1));
            assertThat(read.data("/configuration/v")).isEqualTo("1");
            var page = ordersAgain.ask("GET", "/versions?limit=1000", null);
            assertThat(page.body().at("/data/versions")).hasSize(MANY + 1);
            try (var consul = new ConsulClient(restarted.address())) {
                assertThat(consul.put("/v1/kv/a?cas=" + keyIndex, "3").text()).isEqualTo("false");
                long present = consul.get("/v1/kv/a").index();
                assertThat(consul.put("/v1/kv/a?cas=" + present, "3").text()).isEqualTo("true");
            }
        }
    }

    private static List<String> snapshots(RunningRegistry registry) throws SQLException {
        return registry.store().texts("SELECT type || ' ' || shard FROM store.snapshots WHERE shard < 0");
    }
}
