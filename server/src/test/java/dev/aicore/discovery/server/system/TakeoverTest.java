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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs two nodes of one registry, on the same PostgreSQL: one owns the store, and the other takes it over. */
@Tag("integration")
class TakeoverTest {

    private static final int INSTANCES = 50;
    private static final int TTL = 5;

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @TempDir
    Path directory;

    /** Unique name of the service, because all tests share the database. */
    private final String service = "of-" + Long.toHexString(System.nanoTime());

    private final Deque<RunningRegistry> processes = new ArrayDeque<>();
    private RunningRegistry owner;
    private RunningRegistry front;

    @BeforeEach
    void startOwnerAndFront() {
        owner = started("owner");
        front = started("front");
        // Last and in parallel, so that no TTL ends before the owner does.
        assertThat(IntStream.range(0, INSTANCES)
                        .parallel()
                        .map(number -> register(owner, instance(number)))
                        .distinct())
                .containsExactly(201);
    }

    @AfterEach
    void stop() {
        processes.forEach(RunningRegistry::close);
    }

    @Test
    void front_answersReadsAndSendsWritesToOwner() throws IOException {
        var registered = front.post("/api/v1/services", RegistryStoryTest.body(service + "-last", "other", TTL));
        assertThat(registered.status()).isEqualTo(201);

        var read = front.get("/api/v1/services/" + service + "-last?wait=20s&min_position=" + registered.position());
        assertThat(read.status()).isEqualTo(200);
        assertThat(listed(front)).isEqualTo(INSTANCES);
        assertThat(front.get("/health?ready=true").status()).isEqualTo(200);
        assertThat(front.get("/health?ready=writes").status()).isEqualTo(503);
        assertThat(owner.get("/health?ready=writes").status()).isEqualTo(200);
    }

    @Test
    void front_afterOwnerKill_takesOverWithAllInstances() throws IOException {
        var killed = Instant.now();
        owner.kill();
        awaitOwnership(front);

        var owned = Duration.between(killed, Instant.now());
        renewAllLeases(front);
        awaitAllInstances(front);
        System.out.printf(
                "Takeover from a killed owner: writes after %d ms; %d of %d instances there%n",
                owned.toMillis(), INSTANCES, INSTANCES);
    }

    /** Tests that a deposed node writes nothing, and that it joins again and takes over again without a restart. */
    @Test
    void frozenOwner_afterTakeover_isFrontAndTakesOverAgain() throws IOException {
        assertThat(configure(owner, 1)).isEqualTo("created");
        owner.freeze();
        awaitOwnership(front);
        renewAllLeases(front);
        assertThat(configure(front, 2)).isEqualTo("changed");
        assertThat(register(front, service + "-later")).isEqualTo(201);
        owner.thaw();

        await().atMost(RunningRegistry.PATIENCE).untilAsserted(() -> {
            // Heartbeats continue, because a TTL may end before the deposed node notices.
            renewAllLeases(front);
            assertThat(register(owner, service + "-deposed")).isIn(200, 201);
            assertThat(owner.get("/health?ready=true").status()).isEqualTo(200);
            assertThat(owner.get("/health?ready=writes").status()).isEqualTo(503);
        });
        // The deposed node has sent the request to the new owner.
        await().atMost(RunningRegistry.PATIENCE)
                .until(() ->
                        front.get("/api/v1/services/" + service + "-deposed").status() == 200);
        awaitAllInstances(front);

        front.kill();
        awaitOwnership(owner);
        renewAllLeases(owner);
        assertThat(register(owner, service + "-again")).isEqualTo(201);
        assertThat(register(owner, service + "-later")).isEqualTo(200);
        // Unchanged, had the node kept what it knew before it was paused.
        assertThat(configure(owner, 1)).isEqualTo("changed");
        awaitAllInstances(owner);
    }

    private String configure(RunningRegistry registry, int content) throws IOException {
        return registry.put("/api/v1/configurations/" + service, "{\"content\":%d}".formatted(content))
                .body()
                .at("/data/change")
                .asString();
    }

    private static void awaitOwnership(RunningRegistry registry) {
        await().atMost(RunningRegistry.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> registry.get("/health?ready=writes").status() == 200);
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
            if (i % 10 == 0) {
                renewAllLeases(registry);
            }
            var types = registry.get("/api/v1/services/" + instance(i) + "/history")
                    .body()
                    .at("/data/entries")
                    .findValuesAsString("type");
            assertThat(types).isSubsetOf("InstanceRegistered");
            told += types.size();
        }
        return told;
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
                    List.of("--service-discovery.database.postgres.url=" + url));
            synchronized (processes) {
                processes.add(registry);
            }
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
