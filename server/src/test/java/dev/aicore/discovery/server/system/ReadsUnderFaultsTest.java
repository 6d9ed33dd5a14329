package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flushes and kills Redis, and stops PostgreSQL, while clients discover without a cache in memory. No answer may be
 * empty.
 */
@Tag("integration")
@Tag(FaultTestSize.TAG)
class ReadsUnderFaultsTest {

    /** Minimum number of correct answers per refused one. */
    private static final int MOST_ARE_RIGHT = 9;

    @TempDir
    static Path directory;

    private static ReadFaultScenario scene;

    @BeforeAll
    static void start() throws IOException {
        scene = ReadFaultScenario.start(directory, "--service-discovery.registry.discovery.max-cached-instances=0");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void discover_afterRedisFlush_isNeverRefused() throws IOException {
        try (var clients = scene.clients()) {
            scene.redis().commands().flushall();
            var since = System.nanoTime();
            scene.awaitDocuments();
            report("Redis flushed", clients, since, 0);
        }
    }

    @Test
    void discover_afterRedisKill_isNeverRefused() throws IOException {
        try (var clients = scene.clients()) {
            scene.redis().kill();
            var since = System.nanoTime();
            scene.awaitDocuments();
            report("Redis killed", clients, since, 0);
        }
    }

    @Test
    void discover_duringPostgresOutage_isCorrectOrRefused() throws IOException {
        try (var clients = scene.clients()) {
            assertThat(scene.registry().store().keepAway(ReadFaultScenario.AWAY))
                    .isPositive();
            var away = clients.seen();
            var since = System.nanoTime();
            scene.awaitReady();
            report(
                    "PostgreSQL away for " + ReadFaultScenario.AWAY.toSeconds() + " s",
                    clients,
                    since,
                    Integer.MAX_VALUE);

            System.out.printf("while it was away: %s%n", away);
            assertThat(away.examples()).isEmpty();
            assertThat(away.right())
                    .isGreaterThan(ReadFaultScenario.READS_PER_SECOND)
                    .isGreaterThan(MOST_ARE_RIGHT * away.refused());
        }
    }

    /** Waits for another series of correct answers, and reports them. */
    private static void report(String fault, DiscoveryClients clients, long since, int mostRefused) {
        double seconds = (System.nanoTime() - since) / 1e9;
        var seen = ReadFaultScenario.seen(clients);
        System.out.printf(
                "%s under %d reads/s: %s; complete again after %.2f s%n",
                fault, ReadFaultScenario.READS_PER_SECOND, seen, seconds);
        assertThat(seen.refused()).isLessThanOrEqualTo(mostRefused);
    }
}
