package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.system.DiscoveryClients.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Registry with some services that are also in Redis, for clients that discover them during faults of the stores. */
record ReadFaultScenario(RunningRegistry registry, EmbeddedCache redis) implements AutoCloseable {

    static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away.seconds", FaultTestSize.of(6, 10)));
    static final int READS_PER_SECOND = Integer.getInteger("reads.per.second", 2_000);

    private static final int SERVICES = 20;

    static ReadFaultScenario start(Path directory, String... options) throws IOException {
        var registry = RunningRegistry.start(directory, List.of(options));
        var scene = new ReadFaultScenario(registry, EmbeddedCache.of(directory.resolve("data")));
        for (int i = 0; i < SERVICES; i++) {
            registry.post("/api/v1/services", RegistryStoryTest.body("i-" + i, "s-" + i, 3_600));
        }
        scene.awaitDocuments();
        return scene;
    }

    /** Returns once all services are in Redis. */
    void awaitDocuments() {
        redis.awaitDocuments(SERVICES);
    }

    /** Returns once the registry reports that it is ready. */
    void awaitReady() {
        await().atMost(RunningRegistry.PATIENCE)
                .until(() -> registry.get("/health?deep=true").status() == 200);
    }

    /** Starts clients; returns once they receive answers. */
    DiscoveryClients clients() {
        var clients = new DiscoveryClients(registry, SERVICES, READS_PER_SECOND);
        await().atMost(RunningRegistry.PATIENCE).until(() -> clients.right() > READS_PER_SECOND);
        var _ = clients.seen();
        return clients;
    }

    /** Returns the answers after another series of correct ones; fails if one of them is wrong or empty. */
    static Seen seen(DiscoveryClients clients) {
        int before = clients.right();
        await().atMost(RunningRegistry.PATIENCE).until(() -> clients.right() > before + READS_PER_SECOND);
        var seen = clients.seen();
        assertThat(seen.examples()).isEmpty();
        return seen;
    }

    @Override
    public void close() {
        redis.close();
        registry.close();
    }
}
