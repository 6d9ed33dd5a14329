package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs one registry that writes and another on standby, on the same PostgreSQL. */
@Tag("integration")
class TakeoverTest {

    private static final int INSTANCES = 50;
    private static final int TTL = 5;

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @TempDir
    Path directory;

    /** Unique name of the service, because both tests share the database. */
    private final String service = "of-" + Long.toHexString(System.nanoTime());

    private final Deque<RunningRegistry> processes = new ArrayDeque<>();
    private RunningRegistry writer;
    private CompletableFuture<RunningRegistry> standby;

    @BeforeEach
    void startWriterAndStandby() throws IOException {
        writer = started("writer");
        standby = CompletableFuture.supplyAsync(() -> started("standby"), Thread::startVirtualThread);
        var log = directory.resolve("standby/registry.log");
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> Files.readString(log).contains("waiting for its lease to end"));
        assertThat(standby).isNotDone();
        // Last and in parallel, so that no TTL ends before the writer does.
        assertThat(IntStream.range(0, INSTANCES)
                        .parallel()
                        .map(number -> register(writer, instance(number)))
                        .distinct())
                .containsExactly(201);
    }

    @AfterEach
    void stop() {
        processes.forEach(RunningRegistry::close);
    }

    @Test
    void standby_afterWriterKill_takesOverWithAllInstances() throws IOException {
        var killed = Instant.now();
        writer.kill();
        var successor = standby.join();

        var ready = Duration.between(killed, Instant.now());
        awaitAllInstances(successor);
        System.out.printf(
                "Takeover from a killed writer: the standby was ready after %d ms; %d of %d instances there%n",
                ready.toMillis(), INSTANCES, INSTANCES);
    }

    @Test
    void frozenWriter_afterTakeover_isDeposed() throws IOException {
        writer.freeze();
        var successor = standby.join();
        assertThat(register(successor, service + "-later")).isEqualTo(201);
        writer.thaw();

        await().atMost(RunningRegistry.PATIENCE).untilAsserted(() -> {
            // Heartbeats continue, because a TTL may end before the deposed writer notices.
            renewAllLeases(successor);
            assertThat(register(writer, service + "-deposed")).isEqualTo(503);
            assertThat(writer.get("/health?ready=true").status()).isEqualTo(503);
        });
        long loads = loads(writer);
        for (int i = 0; i < 20; i++) {
            assertThat(register(writer, service + "-deposed")).isEqualTo(503);
        }
        assertThat(loads(writer)).isEqualTo(loads);
        assertThat(successor.get("/api/v1/services/" + service + "-deposed").status())
                .isEqualTo(404);
        awaitAllInstances(successor);
    }

    /**
     * Verifies that no instance with a heartbeat within a TTL of the takeover expired. Heartbeats continue until all
     * are listed: the claims of a killed process are only free some seconds later.
     */
    private void awaitAllInstances(RunningRegistry registry) throws IOException {
        await().atMost(RunningRegistry.PATIENCE).until(() -> {
            renewAllLeases(registry);
            return listed(registry) == INSTANCES && instancesWithHistory(registry) == INSTANCES;
        });
    }

    private void renewAllLeases(RunningRegistry registry) throws IOException {
        var ids = IntStream.range(0, INSTANCES)
                .mapToObj(number -> '"' + instance(number) + '"')
                .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
        var renewed = registry.post("/api/v1/heartbeats", ids);
        assertThat(renewed.body().at("/data/renewed").asInt()).isEqualTo(INSTANCES);
    }

    /** Returns the number of instances with a history, which must contain nothing but the registration. */
    private int instancesWithHistory(RunningRegistry registry) throws IOException {
        int told = 0;
        for (int i = 0; i < INSTANCES; i++) {
            var types = registry.get("/api/v1/services/" + instance(i) + "/history")
                    .body()
                    .at("/data/entries")
                    .findValuesAsString("type");
            assertThat(types).isSubsetOf("InstanceRegistered");
            told += types.size();
        }
        return told;
    }

    private static long loads(RunningRegistry registry) throws IOException {
        return registry.get("/api/v1/status").body().at("/data/shards/loads").asLong();
    }

    private int listed(RunningRegistry registry) throws IOException {
        return registry.get("/api/v1/discover?limit=1000&service_name=" + service)
                .body()
                .at("/data/services")
                .size();
    }

    private int register(RunningRegistry registry, String id) {
        try {
            return registry.post(
                            "/api/v1/services",
                            RegistryStoryTest.body(id, id.startsWith(service + "-i") ? service : "other", TTL))
                    .status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String instance(int number) {
        return service + "-i" + number;
    }

    private RunningRegistry started(String name) {
        try {
            var url = "postgresql://%s:%s@localhost:%d/%s"
                    .formatted(postgres.user(), postgres.password(), postgres.port(), postgres.database());
            var registry = RunningRegistry.start(
                    Files.createDirectories(directory.resolve(name)),
                    List.of(
                            "--service-discovery.event-store.claim-wait=10m",
                            "--service-discovery.database.postgres.url=" + url));
            synchronized (processes) {
                processes.add(registry);
            }
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
