package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Drops old heartbeats, kills the registry, and verifies that no relevant data is missing. */
@Tag("integration")
class RetentionStoryTest {

    private static final String RETENTION = "/api/v1/admin/retention";
    private static final String PROJECTIONS = "/api/v1/admin/projections/";
    private static final Duration LONG = Duration.ofMinutes(2);

    private static final List<String> OPTIONS = List.of(
            "--service-discovery.event-store.partition-width=10",
            "--service-discovery.event-store.retention=1s",
            "--service-discovery.event-store.retention-interval=1d",
            "--service-discovery.projections.last-seen-interval=1s");

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void retention_dropsObservationsAndRegistryContinuesAfterKill() throws Exception {
        long last = 0;
        try (var registry = RunningRegistry.start(directory, OPTIONS)) {
            register(registry, "quiet");
            register(registry, "busy");
            heartbeat(registry, "quiet");
            for (int i = 0; i < 60; i++) {
                last = heartbeat(registry, "busy");
            }
            long wanted = last - 10;
            long facts = registry.store().number("SELECT count(*) FROM store.facts");
            var dry = registry.get(RETENTION);
            assertThat(dry.status()).isEqualTo(200);
            assertThat(dry.body().at("/data/partitions").size()).isGreaterThan(6);

            await().atMost(LONG).until(() -> run(registry).at("/data/floor").asLong() > wanted);

            long floor = registry.get(RETENTION).body().at("/data/floor").asLong();
            assertThat(registry.store().number("SELECT min(position) FROM store.observations"))
                    .isGreaterThanOrEqualTo(floor);
            assertThat(registry.store().number("SELECT max(to_position) FROM store.compactions"))
                    .isGreaterThanOrEqualTo(floor);
            assertThat(registry.store().number("SELECT sum(rows) FROM store.compactions"))
                    .isGreaterThan(40);
            assertThat(registry.store().number("SELECT count(*) FROM store.facts"))
                    .isGreaterThanOrEqualTo(facts);
            registry.kill();
        }
        try (var again = RunningRegistry.start(directory, OPTIONS)) {
            assertLastSeenRestored(again);
            assertThat(heartbeat(again, "quiet")).isGreaterThan(last);
            assertThat(heartbeat(again, "busy")).isGreaterThan(last);
            register(again, "new");
            assertEqual(done(again, "all/rebuild"));
            assertEqual(done(again, "all/verify"));
            for (var id : List.of("quiet", "busy", "new")) {
                await().atMost(LONG)
                        .until(() -> again.get("/api/v1/services/" + id).status() == 200);
            }
        }
    }

    /** Verifies that the last heartbeats before the retained observations are restored from checkpoints. */
    private static void assertLastSeenRestored(RunningRegistry registry) throws SQLException {
        try (var connection = registry.store().connect();
                var statement = connection.createStatement()) {
            statement.execute("BEGIN; TRUNCATE models.last_seen;"
                    + " UPDATE models.watermarks SET position = 0 WHERE projection = 'last_seen'; COMMIT");
        }
        await().atMost(LONG).until(() -> registry.store().number("""
                SELECT count(*) FROM models.last_seen s JOIN models.instances i ON i.shard = s.shard AND i.slot = s.slot
                WHERE i.id IN ('quiet', 'busy')""") == 2);
    }

    private static void register(RunningRegistry registry, String id) throws IOException {
        assertThat(registry.post("/api/v1/services", RegistryStoryTest.body(id, "service-" + id, 86_400))
                        .status())
                .isEqualTo(201);
    }

    /** Sends a heartbeat and returns its position. */
    private static long heartbeat(RunningRegistry registry, String id) throws IOException {
        var reply = registry.post("/api/v1/services/" + id + "/heartbeat", "{}");
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return reply.position();
    }

    private static JsonNode run(RunningRegistry registry) throws IOException {
        var reply = registry.post(RETENTION, "{}");
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return reply.body();
    }

    private static List<JsonNode> done(RunningRegistry registry, String task) throws IOException {
        assertThat(registry.post(PROJECTIONS + task, "{}").status()).isEqualTo(202);
        await().atMost(LONG)
                .until(() -> !registry.get(PROJECTIONS + "instances")
                        .body()
                        .at("/data/task/state")
                        .asString("running")
                        .equals("running"));
        return registry.get(PROJECTIONS + "instances")
                .body()
                .at("/data/task/checks")
                .valueStream()
                .toList();
    }

    private static void assertEqual(List<JsonNode> checks) {
        assertThat(checks)
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.path("equal").asBoolean()).isTrue());
    }
}
