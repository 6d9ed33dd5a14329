package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server, its PostgreSQL, or one of PostgreSQL's processes in turn, while clients record all answers in a
 * ledger. Acknowledged writes must exist exactly once afterwards; others may or may not exist. {@code ./registry test
 * --ledger} makes the test long.
 */
@Tag("integration")
class KillLedgerTest {

    private static final int OPERATIONS = Integer.getInteger("ledger.operations", 2_400);
    private static final int KILLS_OF_EACH = Integer.getInteger("ledger.kills", 2);
    private static final int CLIENTS = Integer.getInteger("ledger.clients", 16);

    private enum Victim {
        SERVER,
        POSTGRES,
        POSTGRES_PROCESS
    }

    @TempDir
    Path directory;

    private final Ledger ledger = new Ledger();
    private final Random moments = new Random(Long.getLong("ledger.seed", 4711));

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void acknowledgedWrites_afterKills_existExactlyOnce() throws Exception {
        int between = OPERATIONS / (KILLS_OF_EACH * Victim.values().length + 1);
        var registry = RunningRegistry.start(directory);
        try (var clients = new LedgerClients(CLIENTS, ledger, registry)) {
            for (int kill = 0; kill < KILLS_OF_EACH * Victim.values().length; kill++) {
                acknowledge(between / 2 + moments.nextInt(between), registry, clients);
                switch (Victim.values()[kill % Victim.values().length]) {
                    case SERVER -> {
                        registry.kill();
                        registry = RunningRegistry.start(directory);
                        clients.goTo(registry);
                    }
                    case POSTGRES -> registry.store().kill();
                    case POSTGRES_PROCESS -> registry.store().killOneProcess(moments);
                }
            }
            acknowledge(Math.max(between, OPERATIONS - ledger.acknowledged()), registry, clients);
            clients.stop();
            examine(registry, clients);
        } finally {
            registry.close();
        }
    }

    private void acknowledge(long more, RunningRegistry registry, LedgerClients clients) throws IOException {
        long until = ledger.acknowledged() + more;
        try {
            await().atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> ledger.acknowledged() >= until);
        } catch (ConditionTimeoutException e) {
            var log = Files.readAllLines(directory.resolve("registry.log"));
            throw new AssertionError(
                    "%d of %d writes acknowledged; process alive: %s; %s; its log ends with:%n%s"
                            .formatted(
                                    ledger.acknowledged(),
                                    until,
                                    registry.isAlive(),
                                    clients,
                                    String.join("\n", log.subList(Math.max(0, log.size() - 100), log.size()))),
                    e);
        }
    }

    private void examine(RunningRegistry registry, LedgerClients clients) throws Exception {
        var audit = LedgerAudit.of(ledger, registry);
        System.out.printf(
                "kill ledger: %d operations (%d acknowledged, %d refused, %d of unknown fate), %d kills of each of server,"
                        + " PostgreSQL and one of its processes; acknowledged lost %d, twice %d, refused yet done %d%n",
                ledger.entries().size(),
                ledger.acknowledged(),
                ledger.count(Ledger.Told.FAILED),
                ledger.count(Ledger.Told.UNKNOWN),
                KILLS_OF_EACH,
                audit.lost().size(),
                audit.twice().size(),
                audit.refusedYetDone().size());
        assertThat(clients.violations()).isEmpty();
        assertThat(clients.brokenConnections())
                .as("connections without an answer: only those to a killed server")
                .isLessThanOrEqualTo(CLIENTS * KILLS_OF_EACH);
        assertThat(audit.lost()).isEmpty();
        assertThat(audit.twice()).isEmpty();
        assertThat(audit.repeatedHeartbeats()).isEmpty();
        assertThat(audit.refusedYetDone()).isEmpty();
        assertThat(ledger.acknowledged()).isGreaterThanOrEqualTo(OPERATIONS);
    }
}
