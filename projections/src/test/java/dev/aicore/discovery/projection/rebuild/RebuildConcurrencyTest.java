package dev.aicore.discovery.projection.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests rebuilds during writes, long reads and other tasks. */
@Tag("integration")
class RebuildConcurrencyTest extends RebuildFixture {

    @Test
    void writes_duringRebuild_continue() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 300);
            try (var running = store.run()) {
                var rebuildService = newRebuildService(store, running, 5);
                rebuildService.start(RebuildTask.REBUILD, ALL);
                for (int i = 0; i < 60; i++) {
                    appendRandomFacts(store, 10);
                }
                awaitEnd(rebuildService);
                running.awaitHead();

                var rebuilt = rebuildService.latest().orElseThrow();
                assertThat(rebuilt.failure()).isNull();
                assertThat(rebuilt.checks())
                        .hasSize(7)
                        .allSatisfy(comparisonResult -> assertThat(comparisonResult.equal())
                                .as("%s", comparisonResult)
                                .isTrue());
                assertAllTablesMatchStore(rebuildService);
            }
        }
    }

    @Test
    void swap_duringLongRead_waitsWithoutBlockingProjections() throws SQLException {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 100);
            try (var running = store.run()) {
                running.awaitHead();
                var rebuildService = newRebuildService(store, running, 100);
                try (var reading = POSTGRES.pool().getConnection()) {
                    reading.setAutoCommit(false);
                    try (var statement = reading.createStatement()) {
                        statement.execute("LOCK TABLE models.audit IN ACCESS SHARE MODE");
                        rebuildService.start(RebuildTask.REBUILD, ALL);
                        await().atMost(Duration.ofMinutes(1))
                                .pollInterval(Duration.ofMillis(5))
                                .until(() -> POSTGRES.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
                        appendRandomFacts(store, 50);
                        running.awaitHead();
                    }
                    assertThat(rebuildService.latest().orElseThrow().endedAt()).isNull();
                    reading.rollback();
                }
                awaitEnd(rebuildService);

                assertThat(rebuildService.latest().orElseThrow().failure()).isNull();
                assertThat(rebuildService.latest().orElseThrow().position()).isEqualTo(store.head());
            }
        }
    }

    @Test
    void fact_duringSwap_isNotParkedBehindFoldedFacts() throws SQLException {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 100);
            var folds = new HashMap<>(ProjectionRuntime.folds());
            var isMended = new AtomicBoolean();
            folds.computeIfPresent(
                    "instances",
                    (_, good) -> (connection, facts) ->
                            (isMended.get() ? good : failingFor("i-3", good)).fold(connection, facts));
            try (var running = store.run(ReadModelStoreFixture.SETTINGS, folds)) {
                running.awaitHead();
                assertThat(running.status("instances").parked()).isPositive();
                isMended.set(true);
                var rebuildService = newRebuildService(store, running, 100);
                holdSwaps();
                try (var holding = POSTGRES.pool().getConnection();
                        var hold = holding.createStatement()) {
                    holding.setAutoCommit(false);
                    hold.execute("SELECT pg_advisory_xact_lock(1)");
                    rebuildService.start(RebuildTask.REBUILD, ALL);
                    awaitLockWait(store, "locktype = 'advisory'");

                    randomFactGenerator.next(1, List.of("i-3")).forEach(fact -> store.append(3, fact));
                    awaitLockWait(store, "relation = 'models.parked_facts'::regclass");
                    holding.rollback();
                }
                awaitEnd(rebuildService);
                running.awaitHead();

                assertThat(rebuildService.latest().orElseThrow().failure()).isNull();
                assertThat(running.status("instances").parked()).isZero();
                assertAllTablesMatchStore(rebuildService);
            }
        }
    }

    @Test
    void lastFacts_withExhaustedPool_areFolded() throws SQLException {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 100);
            try (var running = store.run()) {
                running.awaitHead();
                var rebuildService = newRebuildService(store, running, 100);
                var others = new ArrayList<Connection>();
                try (var holding = POSTGRES.pool().getConnection();
                        var hold = holding.createStatement()) {
                    holding.setAutoCommit(false);
                    hold.execute("LOCK TABLE models.audit IN SHARE UPDATE EXCLUSIVE MODE");
                    rebuildService.start(RebuildTask.REBUILD, ALL);
                    awaitLockWait(store, "relation = 'models.audit'::regclass");
                    appendRandomFacts(store, 20);
                    running.awaitHead();
                    for (int ours = 2; ours < POSTGRES.pool().getMaximumPoolSize(); ours++) {
                        others.add(POSTGRES.pool().getConnection());
                    }
                    holding.rollback();
                    awaitEnd(rebuildService);
                } finally {
                    for (var other : others) {
                        other.close();
                    }
                }

                assertThat(rebuildService.latest().orElseThrow().failure()).isNull();
                assertThat(rebuildService.latest().orElseThrow().position()).isEqualTo(store.head());
            }
        }
    }

    @Test
    void concurrentTask_isRefused() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 500);
            try (var running = store.run()) {
                var rebuildService = newRebuildService(store, running, 1);
                rebuildService.start(RebuildTask.VERIFY, ALL);

                assertThatThrownBy(() -> rebuildService.start(RebuildTask.REBUILD, ALL))
                        .isInstanceOf(RegistryException.class);
                awaitEnd(rebuildService);
                assertThat(rebuildService.latest().orElseThrow().task()).isEqualTo(RebuildTask.VERIFY);
            }
        }
    }

    /** Makes swaps wait, shortly before their end, for a lock that a test holds. */
    private static void holdSwaps() {
        POSTGRES.execute("""
                CREATE FUNCTION models.hold() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS $$
                BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$""", "CREATE TRIGGER hold AFTER DELETE ON models.parked_facts EXECUTE FUNCTION models.hold()");
    }

    private static void awaitLockWait(ReadModelStoreFixture store, String lock) {
        store.awaitTrue(() -> POSTGRES.number("SELECT count(*) FROM pg_locks WHERE NOT granted AND " + lock) > 0);
    }
}
