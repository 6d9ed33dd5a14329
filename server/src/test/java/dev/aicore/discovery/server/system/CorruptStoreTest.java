package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.server.ctl.CtlApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrupts the store of a running registry: only what is damaged fails; it is named and can be repaired. */
@Tag("integration")
class CorruptStoreTest {

    private static final int SHARDS = 16;
    private static final String SOON = "--service-discovery.event-store.load-retry-interval=1s";

    private static final List<String> DAMAGES = List.of(
            "payload = substring(payload for 30)",
            "payload = '\\xdeadbeef'",
            "payload = set_bit(payload, 800, 1 - get_bit(payload, 800))",
            "payload = ''",
            "payload = 'null'",
            "payload = NULL",
            "type = 'HealthChanged'",
            "type = 'Unheard'",
            "revision = 77",
            "checksum = NULL, payload = substring(payload for 30)",
            "checksum = NULL, type = 'Unheard'");

    @TempDir
    Path directory;

    /** Damages one event in each of several shards, and leaves the others intact. */
    @Test
    void corruptEvents_failOnlyOwnShardsUntilRepaired() throws Exception {
        var positions = new ArrayList<Long>();
        try (var registry = RunningRegistry.start(directory)) {
            for (int shard = 0; shard < SHARDS; shard++) {
                positions.add(register(registry, shard));
            }
            awaitFolded(registry, positions.getLast());
            execute(registry, "ALTER TABLE store.facts ALTER payload DROP NOT NULL");
            for (int shard = 0; shard < DAMAGES.size(); shard++) {
                execute(
                        registry,
                        "UPDATE store.facts SET " + DAMAGES.get(shard) + " WHERE position = " + positions.get(shard));
            }
        }

        try (var registry = RunningRegistry.start(directory)) {
            var failed = registry.get("/api/v1/status").body().at("/data/shards/failed");
            assertThat(failed.valueStream().map(shard -> shard.path("name").asString()))
                    .containsExactlyElementsOf(IntStream.range(0, DAMAGES.size())
                            .mapToObj(ShardPartitioner::name)
                            .toList());
            for (int shard = 0; shard < DAMAGES.size(); shard++) {
                assertThat(failed.get(shard).path("position").asLong()).isEqualTo(positions.get(shard));
                assertThat(failed.get(shard).path("reason").asString()).contains("unreadable_event");
            }
            for (int shard = 0; shard < SHARDS; shard++) {
                var heartbeat = registry.post("/api/v1/services/i-" + shard + "/heartbeat", "{}");
                var discovered = registry.get("/api/v1/discover?service_name=" + service(shard));
                assertThat(discovered.status()).isEqualTo(200);
                assertThat(discovered.body().toString()).contains("i-" + shard);
                assertThat(heartbeat.code()).isEqualTo(shard < DAMAGES.size() ? "shard_failed" : "");
                assertThat(heartbeat.status()).isEqualTo(shard < DAMAGES.size() ? 503 : 200);
            }
            assertThat(traced()).as("log lines followed by a stack trace").isEmpty();
            assertThat(log().filter(line -> line.contains("ERROR") && line.contains("shard-0 can't be loaded")))
                    .hasSize(1);
        }

        assertThat(ctl("store", "repair", "--dry-run")).startsWith("1\n").contains("would be quarantined", "i-0");
        assertThat(ctl("store", "repair", "--reason", "a bad disk")).startsWith("0\n");
        assertThat(ctl("store", "repair", "--dry-run")).startsWith("0\n").contains("All rows are readable.");

        try (var registry = RunningRegistry.start(directory)) {
            assertThat(registry.get("/api/v1/status")
                            .body()
                            .at("/data/shards/failed")
                            .isEmpty())
                    .isTrue();
            assertThat(registry.store()
                            .number("SELECT count(*) FROM store.quarantine WHERE reason <> ''"
                                    + " AND quarantined_by = 'ctl'"))
                    .isEqualTo(DAMAGES.size());
            for (int shard = 0; shard < SHARDS; shard++) {
                var heartbeat = registry.post("/api/v1/services/i-" + shard + "/heartbeat", "{}");
                assertThat(heartbeat.code()).isEqualTo(shard < DAMAGES.size() ? "unknown_instance" : "");
                register(registry, shard);
                assertThat(registry.post("/api/v1/services/i-" + shard + "/heartbeat", "{}")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void failedShard_afterRepair_isReloadedWithLeaseExtension() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            long position = register(registry, 3);
            execute(registry, "CREATE TABLE public.kept AS SELECT * FROM store.facts WHERE position = " + position);
            execute(registry, "UPDATE store.facts SET payload = '' WHERE position = " + position);
        }
        try (var registry = RunningRegistry.start(directory, List.of(SOON))) {
            assertThat(registry.post("/api/v1/services/i-3/heartbeat", "{}").code())
                    .isEqualTo("shard_failed");
            execute(
                    registry,
                    "UPDATE store.facts f SET payload = k.payload FROM public.kept k WHERE f.position = k.position");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> registry.get("/api/v1/status")
                            .body()
                            .at("/data/shards/failed")
                            .isEmpty());
            assertThat(registry.post("/api/v1/services/i-3/heartbeat", "{}").status())
                    .isEqualTo(200);
            assertThat(
                            registry.store()
                                    .texts(
                                            "SELECT count(*)::text FROM store.facts WHERE shard = 3"
                                                    + " AND type = 'LeasesGraced' AND position > (SELECT max(position) FROM public.kept)"))
                    .doesNotContain("0");
        }
    }

    @Test
    void corruptSnapshot_isIgnored() throws Exception {
        try (var registry =
                RunningRegistry.start(directory, List.of("--service-discovery.event-store.snapshot-every=16"))) {
            register(registry, 5);
            for (int i = 0; i < 40; i++) {
                registry.post("/api/v1/services/i-5/heartbeat", "{}");
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> registry.store().number("SELECT count(*) FROM store.snapshots WHERE shard = 5") == 1);
            execute(registry, "UPDATE store.snapshots SET payload = substring(payload for 20)");
        }
        try (var registry = RunningRegistry.start(directory)) {
            assertThat(registry.get("/api/v1/status")
                            .body()
                            .at("/data/shards/failed")
                            .isEmpty())
                    .isTrue();
            assertThat(registry.post("/api/v1/services/i-5/heartbeat", "{}").status())
                    .isEqualTo(200);
            assertThat(log().filter(line -> line.contains("The snapshot of shard-5")))
                    .hasSize(1);
        }
    }

    private static long register(RunningRegistry registry, int shard) throws IOException {
        var reply = registry.post("/api/v1/services", RegistryStoryTest.body("i-" + shard, service(shard), 600));
        assertThat(reply.status()).as(reply.body().toString()).isBetween(200, 201);
        return reply.position();
    }

    /** Returns the name of a service in that shard. */
    private static String service(int shard) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "n" + i)
                .filter(name -> ShardPartitioner.of("default", name, SHARDS) == shard)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitFolded(RunningRegistry registry, long position) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> registry.get("/api/v1/services/i-0?min_position=" + position)
                                .status()
                        == 200);
    }

    private static void execute(RunningRegistry registry, String sql) throws SQLException {
        try (var connection = registry.store().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> traced() throws IOException {
        var lines = log().toList();
        return IntStream.range(1, lines.size())
                .filter(i ->
                        lines.get(i).startsWith("\tat ") && !lines.get(i - 1).startsWith("\tat "))
                .mapToObj(i -> String.join(" | ", lines.subList(Math.max(0, i - 5), i)))
                .toList();
    }

    private Stream<String> log() throws IOException {
        return Files.readAllLines(directory.resolve("registry.log")).stream();
    }

    /** Runs the tool; returns its exit code and its output. */
    private String ctl(String... words) {
        var out = new ByteArrayOutputStream();
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data-dir", directory.resolve("data").toString()));
        try (var stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            return CtlApplication.run(all, Map.of(), stream, stream) + "\n" + out.toString(StandardCharsets.UTF_8);
        }
    }
}
