package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares answers from memory with the tables at the same position. */
@Tag("integration")
class LiveReadsTest {

    private static final int WRITERS = 4;
    private static final int WRITES_OF_EACH = 60;
    private static final String DISCOVER = "/api/v1/discover?include_unhealthy=true&service_name=";

    @TempDir
    static Path directory;

    private static RunningRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void discover_afterWrite_equalsTablesAsOfPosition() throws Exception {
        var compared = new AtomicInteger();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            var writing = new ArrayList<Future<?>>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int seed = writer;
                writing.add(writers.submit(() -> write(seed, compared)));
            }
            for (var written : writing) {
                written.get();
            }
        }
        assertThat(compared).hasValue(WRITERS * WRITES_OF_EACH);
    }

    @Test
    void discover_afterPostgresKill_hasAcknowledgedWrites() throws Exception {
        registry.post("/api/v1/services", RegistryStoryTest.body("k-1", "killed", 3_600));
        registry.get(DISCOVER + "killed");
        registry.store().kill();

        int weight = 0;
        for (int acknowledged = 0; acknowledged < 20; ) {
            var written = registry.put("/api/v1/services/k-1", "{\"weight\":" + ++weight + "}");
            if (written.status() == 200) {
                acknowledged++;
                var found = registry.get(DISCOVER + "killed&wait=20s&min_position=" + written.position());
                assertThat(found.status()).isEqualTo(200);
                assertThat(found.body().at("/data/services/0/weight").asInt()).isEqualTo(weight);
            }
        }
    }

    private static boolean write(int seed, AtomicInteger compared) throws IOException {
        var random = new Random(seed);
        // Each writer has its own service, so that nothing changes it between a write and its reads.
        var service = "own-" + seed;
        for (int i = 0; i < WRITES_OF_EACH; i++) {
            var id = service + "-" + random.nextInt(5);
            long position = change(service, id, random);
            var live = registry.get(DISCOVER + service + "&wait=20s&min_position=" + position);
            var stored = registry.get(DISCOVER + service + "&wait=20s&at=" + position);
            assertThat(live.status()).isEqualTo(200);
            assertThat(stored.status()).isEqualTo(200);
            assertThat(byId(live)).isEqualTo(byId(stored));
            compared.incrementAndGet();
        }
        return true;
    }

    private static long change(String service, String id, Random random) throws IOException {
        var written = random.nextInt(4) == 0
                ? registry.delete("/api/v1/services/" + id)
                : random.nextInt(3) == 0
                        ? registry.put(
                                "/api/v1/services/" + id,
                                "{\"status\":\"%s\"}".formatted(random.nextBoolean() ? "maintenance" : "active"))
                        : registry.post(
                                "/api/v1/services",
                                "{\"id\":\"%s\",\"name\":\"%s\",\"address\":\"10.0.0.1\",\"port\":80,\"weight\":%d,\"tags\":[\"t%d\"]}"
                                        .formatted(id, service, random.nextInt(100), random.nextInt(3)));
        // A refused write changed nothing: any existing position will do.
        return written.status() < 300
                ? written.position()
                : registry.get("/api/v1/status").body().at("/meta/position").asLong();
    }

    private static List<String> byId(RunningRegistry.Reply reply) {
        var services = new ArrayList<String>();
        reply.body().at("/data/services").forEach(instance -> services.add(instance.toString()));
        services.sort(null);
        return services;
    }
}
