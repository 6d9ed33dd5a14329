package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills Redis, and stops both stores, while clients discover services that the server has in memory. */
@Tag("integration")
@Tag(FaultTestSize.TAG)
class MemoryUnderFaultsTest {

    @TempDir
    static Path directory;

    private static ReadFaultScenario scene;

    @BeforeAll
    static void start() throws IOException {
        scene = ReadFaultScenario.start(directory);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void discover_afterRedisKill_isCompleteAndNotStale() throws IOException {
        try (var clients = scene.clients()) {
            scene.redis().kill();
            scene.awaitDocuments();

            var seen = seen("Redis killed", clients);
            assertThat(seen.stale()).isZero();
        }
    }

    @Test
    void discover_withoutBothStores_isAnsweredAsStale() throws IOException {
        try (var clients = scene.clients()) {
            var away =
                    CompletableFuture.supplyAsync(() -> scene.registry().store().keepAway(ReadFaultScenario.AWAY));
            scene.redis().keepAwayUntil(away::isDone);
            var since = System.nanoTime();
            scene.awaitReady();
            System.out.printf("ready %.1f s after PostgreSQL was left alone%n", (System.nanoTime() - since) / 1e9);

            var seen = seen("Both stores away for " + ReadFaultScenario.AWAY.toSeconds() + " s", clients);
            assertThat(seen.stale()).isPositive();
            assertThat(seen.oldestMillis()).isGreaterThan(1_000);
            assertThat(seen("afterwards", clients).stale()).isZero();
        }
    }

    /** Returns the answers after another series of correct ones, none of which was refused or empty. */
    private static DiscoveryClients.Seen seen(String fault, DiscoveryClients clients) {
        var seen = ReadFaultScenario.seen(clients);
        System.out.printf("%s under %d reads/s: %s%n", fault, ReadFaultScenario.READS_PER_SECOND, seen);
        assertThat(seen.refused()).isZero();
        return seen;
    }
}
