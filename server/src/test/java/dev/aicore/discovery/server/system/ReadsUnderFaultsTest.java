package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Redis is flushed and killed, and PostgreSQL stays away, while clients discover and nothing is kept in memory. Nobody is told that
 * nothing is there.
 */
@Tag("integration")
class ReadsUnderFaultsTest {

    private static final int SERVICES = 20;
    private static final int READS_PER_SECOND = Integer.getInteger("reads.per.second", 2_000);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away.seconds", 10));

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static EmbeddedCache redis;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory, List.of("--service-discovery.registry.discovery.kept-instances=0"));
        redis = EmbeddedCache.of(directory.resolve("data"));
        for (int i = 0; i < SERVICES; i++) {
            registry.post("/api/v1/services", RegistryStoryTest.body("i-" + i, "s-" + i, 3_600));
        }
        redis.awaitDocuments(SERVICES);
    }

    @AfterAll
    static void stop() {
        redis.close();
        registry.close();
    }

    @Test
    void aFlushedRedisCostsNobodyAnAnswer() throws IOException {
        try (var clients = clients()) {
            redis.commands().flushall();
            var since = System.nanoTime();
            redis.awaitDocuments(SERVICES);
            report("Redis flushed", clients, since, 0);
        }
    }

    @Test
    void aKilledRedisCostsNobodyAnAnswer() throws IOException {
        try (var clients = clients()) {
            redis.kill();
            var since = System.nanoTime();
            redis.awaitDocuments(SERVICES);
            report("Redis killed", clients, since, 0);
        }
    }

    @Test
    void whilePostgresIsAwayWhatIsAnsweredIsTrue() throws IOException {
        try (var clients = clients()) {
            registry.store().keepAway(AWAY);
            var since = System.nanoTime();
            await().atMost(RunningRegistry.PATIENCE)
                    .until(() -> registry.get("/health?ready=true").status() == 200);
            report("PostgreSQL away for " + AWAY.toSeconds() + " s", clients, since, Integer.MAX_VALUE);
        }
    }

    private static Discovering clients() {
        var clients = new Discovering(registry, SERVICES, READS_PER_SECOND);
        await().until(() -> clients.right() > READS_PER_SECOND);
        var _ = clients.seen();
        return clients;
    }

    /** Looks on for as long as so many more right answers take, then tells. */
    private static void report(String fault, Discovering clients, long since, int mostRefused) {
        double seconds = (System.nanoTime() - since) / 1e9;
        int before = clients.right();
        await().atMost(RunningRegistry.PATIENCE).until(() -> clients.right() > before + READS_PER_SECOND);
        var seen = clients.seen();
        System.out.printf(
                "%s under %d reads/s: %s; complete again after %.2f s%n", fault, READS_PER_SECOND, seen, seconds);
        assertThat(seen.examples()).isEmpty();
        assertThat(seen.refused()).isLessThanOrEqualTo(mostRefused);
    }
}
