package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills and pauses the owner of the event store in turn, while clients record all answers in a ledger. They send their
 * requests to the node that doesn't own the store, until it takes over; then to the next one that doesn't. Acknowledged
 * writes must exist exactly once afterwards. A paused node must be ready again without a restart.
 */
@Tag("integration")
class TakeoverLedgerTest {

    private static final int FAULTS_OF_EACH = Integer.getInteger("takeover.faults", 2);
    private static final int WRITES_BETWEEN = Integer.getInteger("takeover.writes", 300);
    private static final int CLIENTS = 16;

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @TempDir
    Path directory;

    private final Ledger ledger = new Ledger();
    private final List<RunningRegistry> nodes = new ArrayList<>();
    private final List<Duration> takeovers = new ArrayList<>();

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void acknowledgedWrites_acrossTakeovers_existExactlyOnce() throws Exception {
        nodes.add(started(0));
        nodes.add(started(1));
        try (var clients = new LedgerClients(CLIENTS, ledger, nodes)) {
            for (int fault = 0; fault < FAULTS_OF_EACH; fault++) {
                acknowledge(clients);
                killOwner(clients);
                acknowledge(clients);
                pauseOwner(clients);
            }
            acknowledge(clients);
            clients.stop();
            examine(clients);
        } finally {
            nodes.forEach(RunningRegistry::close);
        }
    }

    private void killOwner(LedgerClients clients) throws IOException {
        int owner = owner();
        useFront(clients, owner);
        var dead = nodes.get(owner);
        var begun = Instant.now();
        dead.kill();
        awaitTakeover(1 - owner, begun);
        var restarted = started(owner);
        nodes.set(owner, restarted);
        clients.replace(dead, restarted);
    }

    private void pauseOwner(LedgerClients clients) {
        int owner = owner();
        useFront(clients, owner);
        var paused = nodes.get(owner);
        var begun = Instant.now();
        paused.freeze();
        awaitTakeover(1 - owner, begun);
        paused.thaw();
        await().atMost(RunningRegistry.PATIENCE)
                .until(() -> paused.get("/health?ready=true").status() == 200
                        && paused.get("/health?ready=writes").status() == 503);
    }

    /** Lets the clients acknowledge writes through the other node before its owner fails. */
    private void useFront(LedgerClients clients, int owner) {
        clients.goTo(nodes.get(1 - owner));
        acknowledge(clients);
    }

    private void awaitTakeover(int successor, Instant begun) {
        await().atMost(RunningRegistry.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isOwner(nodes.get(successor)));
        takeovers.add(Duration.between(begun, Instant.now()));
    }

    private int owner() {
        await().atMost(RunningRegistry.PATIENCE).until(() -> isOwner(nodes.get(0)) != isOwner(nodes.get(1)));
        return isOwner(nodes.get(0)) ? 0 : 1;
    }

    private static boolean isOwner(RunningRegistry node) {
        try {
            return node.get("/health?ready=writes").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void acknowledge(LedgerClients clients) {
        long until = ledger.acknowledged() + WRITES_BETWEEN;
        await().alias(clients.toString()).atMost(Duration.ofMinutes(2)).until(() -> ledger.acknowledged() >= until);
    }

    private void examine(LedgerClients clients) throws Exception {
        LedgerAudit audit;
        try (var connection = postgres.pool().getConnection()) {
            audit = LedgerAudit.of(ledger, nodes.get(owner()), connection);
        }
        takeovers.sort(Duration::compareTo);
        System.out.printf(
                "takeover ledger: %d operations (%d acknowledged, %d refused, %d of unknown fate), %d kills and %d pauses of"
                        + " the owner; acknowledged lost %d, twice %d (and %d heartbeats that a node sent again),"
                        + " refused yet done %d; writes again after %d ms (median), %d ms (maximum)%n",
                ledger.entries().size(),
                ledger.acknowledged(),
                ledger.count(Ledger.Told.FAILED),
                ledger.count(Ledger.Told.UNKNOWN),
                FAULTS_OF_EACH,
                FAULTS_OF_EACH,
                audit.lost().size(),
                audit.twice().size(),
                audit.repeatedHeartbeats().size(),
                audit.refusedYetDone().size(),
                takeovers.get(takeovers.size() / 2).toMillis(),
                takeovers.getLast().toMillis());
        assertThat(clients.violations()).isEmpty();
        assertThat(audit.lost()).isEmpty();
        assertThat(audit.twice()).isEmpty();
        assertThat(audit.refusedYetDone()).isEmpty();
    }

    private RunningRegistry started(int node) throws IOException {
        var url = "postgresql://%s:%s@localhost:%d/%s"
                .formatted(postgres.user(), postgres.password(), postgres.port(), postgres.database());
        return RunningRegistry.start(
                Files.createDirectories(directory.resolve("node-" + node)),
                List.of(
                        "--service-discovery.database.postgres.url=" + url,
                        // Shorter than the timeout of the clients, and longer than a takeover on a busy machine.
                        "--service-discovery.cluster.hold-timeout=20s"));
    }
}
