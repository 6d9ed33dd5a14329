package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops PostgreSQL immediately, and again after each restart, while clients write and read. */
@Tag("integration")
class PostgresAwayTest {

    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away.seconds", 5));
    private static final int WRITERS = 16;
    private static final int READERS = 8;

    @TempDir
    Path directory;

    private final Ledger ledger = new Ledger();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger readsRefused = new AtomicInteger();
    private final Queue<String> wrongReads = new ConcurrentLinkedQueue<>();

    @Test
    void postgresOutage_returns503AndLosesNoAcknowledgedWrite() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            var position = registry.post("/api/v1/services", RegistryStoryTest.body("read", "reads", 3_600))
                    .position();
            assertThat(registry.get("/api/v1/services/read?min_position=" + position)
                            .status())
                    .isEqualTo(200);
            try (var writers = new LedgerClients(WRITERS, ledger, registry)) {
                for (int i = 0; i < READERS; i++) {
                    var path =
                            i % 2 == 0 ? "/api/v1/discover?service_name=reads" : "/api/v1/services?service_name=reads";
                    Thread.ofPlatform().daemon().start(() -> read(registry, path));
                }
                await().atMost(RunningRegistry.PATIENCE).until(() -> ledger.acknowledged() > 200 && reads.get() > 200);
                int stops = registry.store().keepAway(AWAY);
                var back = Instant.now();
                await().atMost(RunningRegistry.PATIENCE)
                        .until(() -> registry.get("/health?deep=true").status() == 200);
                long acknowledged = ledger.acknowledged();
                await().atMost(RunningRegistry.PATIENCE).until(() -> ledger.acknowledged() > acknowledged + 200);
                var recovered = Instant.now();
                writers.stop();
                done.countDown();
                report(registry, writers, stops, Duration.between(back, recovered));
            }
        }
    }

    private void read(RunningRegistry registry, String path) {
        try {
            while (done.getCount() > 0) {
                var reply = registry.get(path);
                reads.incrementAndGet();
                if (reply.status() == 503 && reply.retryAfter() >= 0) {
                    readsRefused.incrementAndGet();
                    done.await(50, TimeUnit.MILLISECONDS);
                } else if (reply.body().at("/data/services").size() != 1) {
                    wrongReads.add(path + ": " + reply);
                }
            }
        } catch (IOException e) {
            wrongReads.add(path + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(RunningRegistry registry, LedgerClients writers, int stops, Duration recovery)
            throws Exception {
        var audit = LedgerAudit.of(ledger, registry);
        System.out.printf(
                "PostgreSQL away: %d ms, %d stops; %d writes (%d acknowledged, %d answers of 503), %d reads (%d answers of 503,"
                        + " %d wrong or empty); recovered after %d ms; acknowledged lost %d, twice %d%n",
                AWAY.toMillis(),
                stops,
                ledger.entries().size(),
                ledger.acknowledged(),
                writers.refusals(),
                reads.get(),
                readsRefused.get(),
                wrongReads.size(),
                recovery.toMillis(),
                audit.lost().size(),
                audit.twice().size());
        assertThat(writers.violations()).isEmpty();
        assertThat(writers.brokenConnections()).isZero();
        assertThat(writers.refusals()).isPositive();
        assertThat(wrongReads).isEmpty();
        assertThat(audit.lost()).isEmpty();
        assertThat(audit.twice()).isEmpty();
        assertThat(audit.repeatedHeartbeats()).isEmpty();
        assertThat(audit.refusedYetDone()).isEmpty();
    }
}
