package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestRedis;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import dev.aicore.discovery.server.ctl.CtlApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restores backups that were taken while the registry was running, as docs/operations.md describes it. Redis stays as
 * it is, with documents of the events that are lost.
 */
@Tag("integration")
class RestoreDrillTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final String DATABASE = "registry";
    private static final String SERVICE = "orders";
    private static final String DISCOVER = "/api/v1/discover?service_name=" + SERVICE;
    private static final int INSTANCES = 20;

    /** Number of lost writes: more than the events of a start, so that their positions stay ahead after it. */
    private static final int LOST = 200;

    private static final Duration TTL = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    /**
     * Positions of the last writes.
     *
     * @param saved before the backup
     * @param lost after the backup
     */
    private record Positions(long saved, long lost) {}

    @FunctionalInterface
    private interface Backup {
        void take() throws IOException;
    }

    @Test
    void dump_isRestoredIntoEmptyDatabase() throws IOException {
        try (var original = InstalledPostgres.startEmpty(directory.resolve("original"))) {
            original.tool("createdb", DATABASE);
            var dump = directory.resolve("registry.dump").toString();
            var positions = write(
                    original,
                    () -> original.tool(
                            "pg_dump", "--format=custom", "--schema=store", "--schema=models", "-f", dump, DATABASE));
            try (var restored = InstalledPostgres.startEmpty(directory.resolve("restored"))) {
                restored.tool("createdb", DATABASE);
                restored.tool("pg_restore", "-d", DATABASE, "--exit-on-error", dump);
                verify(restored, positions);
            }
        }
    }

    @Test
    void baseBackup_isStartedAsItIs() throws IOException {
        try (var original = InstalledPostgres.startEmpty(directory.resolve("original"))) {
            original.tool("createdb", DATABASE);
            var backup = directory.resolve("restored");
            var positions =
                    write(original, () -> original.tool("pg_basebackup", "-D", backup.toString(), "-c", "fast"));
            try (var restored = InstalledPostgres.startOn(backup)) {
                verify(restored, positions);
            }
        }
    }

    /** Writes before and after a backup, which is taken while the registry runs. */
    private Positions write(InstalledPostgres postgres, Backup backup) throws IOException {
        try (var registry = start("before", postgres)) {
            long saved = 0;
            for (int i = 0; i < INSTANCES; i++) {
                saved = register(registry, "i-" + i);
            }
            assertThat(registry.get("/api/v1/services?limit=1&wait=30s&min_position=" + saved)
                            .status())
                    .isEqualTo(200);
            backup.take();
            assertThat(registry.delete("/api/v1/services/i-0").status()).isEqualTo(200);
            long lost = 0;
            for (int i = 0; i < LOST; i++) {
                lost = register(registry, "lost-" + i);
            }
            var last = "\"lost-" + (LOST - 1) + "\"";
            await().atMost(RunningRegistry.PATIENCE)
                    .until(() ->
                            String.valueOf(document(DocumentHeader.INSTANCES)).contains(last));
            assertThat(postgres.number(
                            DATABASE,
                            "SELECT count(*) FROM store.facts WHERE position <= " + saved
                                    + " AND type = 'LeaseExpired'"))
                    .isZero();
            return new Positions(saved, lost);
        }
    }

    private void verify(InstalledPostgres restored, Positions positions) throws IOException {
        awaitEndOfLeases(restored);
        try (var registry = start("after", restored)) {
            assertThat(idsIn(registry, DISCOVER)).as("not from Redis").isEqualTo(ids());
            verifyHeartbeats(registry);
            verifyLostPositions(registry, positions);
            assertThat(register(registry, "new-1"))
                    .as("the positions of lost events are assigned again")
                    .isBetween(positions.saved() + 1, positions.lost());
            assertThat(restored.number(
                            DATABASE,
                            "SELECT count(*) FROM store.facts WHERE type = 'LeaseExpired' AND position > "
                                    + positions.saved()))
                    .as("nobody expires at once")
                    .isZero();
            verifyReadModels(registry);
            verifyRedis(registry, restored);
        }
    }

    /** Waits until each lease that the backup contains would have ended, if the time since then counted. */
    private static void awaitEndOfLeases(InstalledPostgres restored) {
        await().atMost(TTL.plus(RunningRegistry.PATIENCE))
                .until(() -> restored.number(
                                DATABASE,
                                "SELECT count(*) FROM store.head WHERE clock_timestamp() < recorded_at + interval '"
                                        + TTL.toSeconds() + " s'")
                        == 0);
    }

    /** Verifies that owners renew their leases as if nothing had happened, unless their instance is lost. */
    private static void verifyHeartbeats(RunningRegistry registry) throws IOException {
        var beating = IntStream.range(0, INSTANCES)
                .mapToObj(i -> "\"i-" + i + "\"")
                .collect(Collectors.joining(",", "{\"ids\":[", ",\"lost-0\"]}"));
        var beaten = registry.post("/api/v1/heartbeats", beating);
        assertThat(beaten.body().at("/data/renewed").asInt())
                .as(beaten.body().toString())
                .isEqualTo(INSTANCES);
        assertThat(beaten.body().at("/data/outcomes").valueStream().toList())
                .last()
                .satisfies(last -> assertThat(last.at("/outcome").asString()).isEqualTo("unknown_instance"));
    }

    private static void verifyLostPositions(RunningRegistry registry, Positions positions) throws IOException {
        var at = registry.get("/api/v1/services?at=" + positions.saved());
        assertThat(at.body().at("/data/services")).hasSize(INSTANCES);
        assertThat(registry.get("/api/v1/services/lost-0").status()).isEqualTo(404);
        for (var path : List.of(
                "/api/v1/services?at=" + positions.lost(),
                "/api/v1/watch?service_name=orders&last_event_id=" + positions.lost(),
                DISCOVER + "&wait=30s&index=" + positions.lost(),
                "/api/v1/events?from=" + positions.lost(),
                "/api/v1/audit?from=" + positions.lost())) {
            var refused = registry.get(path);
            assertThat(refused.status() + " " + refused.code()).as(path).isEqualTo("410 other_store");
        }
        assertThat(registry.get(DISCOVER + "&wait=0&min_position=" + positions.lost())
                        .code())
                .isEqualTo("not_yet_visible");
    }

    /** Compares every row of the read models with the events. */
    private static void verifyReadModels(RunningRegistry registry) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = CtlApplication.run(
                List.of("projections", "verify", "--all"),
                Map.of("SERVICE_DISCOVERY_URL", registry.address()),
                stream,
                stream);
        var printed = out.toString(StandardCharsets.UTF_8);
        assertThat(code).as(printed).isZero();
        assertThat(printed).contains("all rows equal the store");
    }

    /** Verifies that the documents of lost events are replaced, and that discovery continues from the new ones. */
    private static void verifyRedis(RunningRegistry registry, InstalledPostgres restored) throws IOException {
        await().atMost(RunningRegistry.PATIENCE).until(() -> {
            var position = document("position");
            var instances = document(DocumentHeader.INSTANCES);
            return position != null
                    && Long.parseLong(position) <= restored.number(DATABASE, "SELECT position FROM store.head")
                    && String.valueOf(instances).contains("\"new-1\"");
        });
        assertThat(document(DocumentHeader.INSTANCES)).contains("\"i-0\"").doesNotContain("lost-");
        assertThat(idsIn(registry, DISCOVER)).isEqualTo(ids() + ",new-1");
    }

    private static String ids() {
        return IntStream.range(0, INSTANCES).mapToObj(i -> "i-" + i).sorted().collect(Collectors.joining(","));
    }

    private static String idsIn(RunningRegistry registry, String path) throws IOException {
        return registry.get(path)
                .body()
                .at("/data/services")
                .valueStream()
                .map(instance -> instance.path("id").asString())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static String document(String field) {
        return REDIS.commands().hget(EmbeddedCache.keyOf(SERVICE), field);
    }

    /** Starts a registry that discovers from Redis, where documents stay valid for longer than this test runs. */
    private RunningRegistry start(String name, InstalledPostgres postgres) throws IOException {
        var own = Files.createDirectories(directory.resolve(name));
        return RunningRegistry.start(
                own,
                List.of(
                        "--service-discovery.database.postgres.url=" + postgres.url(DATABASE),
                        "--service-discovery.database.redis.url=" + REDIS.url(),
                        "--service-discovery.registry.discovery.cache-ttl=1h",
                        "--service-discovery.registry.discovery.max-cached-instances=0"));
    }

    private static long register(RunningRegistry registry, String id) throws IOException {
        return registry.post("/api/v1/services", RegistryStoryTest.body(id, SERVICE, (int) TTL.toSeconds()))
                .position();
    }
}
