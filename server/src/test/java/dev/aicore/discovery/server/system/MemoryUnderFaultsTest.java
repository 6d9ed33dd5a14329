package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis is killed, and both stores are away, while clients discover what the server has in memory. */
@Tag("integration")
class MemoryUnderFaultsTest {

    private static final int SERVICES = 20;
    private static final int READS_PER_SECOND = Integer.getInteger("reads.per.second", 2_000);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away.seconds", 10));

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static EmbeddedCache redis;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory);
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
    void withoutRedisNothingIsMissed() throws IOException {
        try (var clients = clients()) {
            redis.kill();
            redis.awaitDocuments(SERVICES);

            var seen = seen("Redis killed", clients);
            assertThat(seen.stale()).isZero();
        }
    }

    @Test
    void withoutEitherStoreWhatWasKnownIsToldAndMarked() throws IOException {
        try (var clients = clients()) {
            var away = CompletableFuture.supplyAsync(() -> registry.store().keepAway(AWAY));
            redis.keepAwayUntil(away::isDone);
            var since = System.nanoTime();
            await().atMost(RunningRegistry.PATIENCE)
                    .until(() -> registry.get("/health?ready=true").status() == 200);
            System.out.printf("ready %.1f s after PostgreSQL was left alone%n", (System.nanoTime() - since) / 1e9);

            var seen = seen("Both stores away for " + AWAY.toSeconds() + " s", clients);
            assertThat(seen.stale()).isPositive();
            assertThat(seen.oldestMillis()).isGreaterThan(1_000);
            assertThat(seen("afterwards", clients).stale()).isZero();
        }
    }

    private static Discovering clients() {
        var clients = new Discovering(registry, SERVICES, READS_PER_SECOND);
        await().until(() -> clients.right() > READS_PER_SECOND);
        var _ = clients.seen();
        return clients;
    }

    /** What they saw once so many more right answers have come. Nobody was refused, or told that nothing is there. */
    private static Discovering.Seen seen(String fault, Discovering clients) {
        int before = clients.right();
        await().atMost(RunningRegistry.PATIENCE).until(() -> clients.right() > before + READS_PER_SECOND);
        var seen = clients.seen();
        System.out.printf("%s under %d reads/s: %s%n", fault, READS_PER_SECOND, seen);
        assertThat(seen.examples()).isEmpty();
        assertThat(seen.refused()).isZero();
        return seen;
    }
}
