package dev.aicore.discovery.projection.rebuild;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.configuration.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationStored;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.testing.RandomFactGenerator;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture.Running;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rebuilds and compares read models on a real PostgreSQL while projections run. */
@Tag("integration")
class RebuildServiceTest {

    private static final Set<String> ALL = Set.of("instances", "audit", "configurations");

    /** Number of facts of instances per configuration. */
    private static final int CONFIGURED_ONCE_IN = 10;

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private final RandomFactGenerator randomFactGenerator = new RandomFactGenerator(7);
    private int told;

    @Test
    void rebuild_yieldsSameRowsAndContinues() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 500);
            try (var running = store.run()) {
                running.awaitHead();
                var before = store.rows();
                var rebuilt = runToEnd(newRebuildService(store, running, 64), RebuildTask.REBUILD, ALL);

                assertThat(rebuilt.checks())
                        .extracting(ComparisonResult::table)
                        .containsExactlyInAnyOrder(
                                "instance_versions",
                                "instances",
                                "audit",
                                "configuration_versions",
                                "configurations",
                                "configuration_schemas");
                assertThat(rebuilt.checks())
                        .allSatisfy(comparisonResult ->
                                assertThat(comparisonResult.rows()).isPositive());
                assertThat(rebuilt.checks())
                        .allSatisfy(check -> assertThat(check.equal()).isTrue());
                assertThat(rebuilt.percent()).isEqualTo(100);
                assertThat(store.rows()).isEqualTo(before);
                appendRandomFacts(store, 200);
                running.awaitHead();
                assertAllTablesMatchStore(newRebuildService(store, running, 500));
                assertThat(schemas(store)).isEmpty();
            }
        }
    }

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
                        .hasSize(6)
                        .allSatisfy(comparisonResult -> assertThat(comparisonResult.equal())
                                .as("%s", comparisonResult)
                                .isTrue());
                assertAllTablesMatchStore(rebuildService);
            }
        }
    }

    @Test
    void changedRow_isReportedAndRepaired() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 200);
            try (var running = store.run()) {
                running.awaitHead();
                var right = store.rows();
                var key = store.texts("SELECT concat_ws(' ', id, from_position) FROM models.instance_versions"
                                + " WHERE to_position IS NOT NULL ORDER BY from_position LIMIT 1")
                        .getFirst();
                POSTGRES.execute(
                        "UPDATE models.instance_versions SET owner = 'mallory' WHERE concat_ws(' ', id, from_position) = '"
                                + key + "'",
                        "DELETE FROM models.audit WHERE position = (SELECT min(position) FROM models.audit)",
                        "UPDATE models.configurations SET version = version + 1 WHERE service = 'orders'");
                var rebuildService = newRebuildService(store, running, 100);

                var verified = runToEnd(rebuildService, RebuildTask.VERIFY, ALL);
                assertThat(check(verified, "instance_versions").different()).containsExactly(key);
                assertThat(check(verified, "instances").equal()).isTrue();
                var audit = check(verified, "audit");
                assertThat(audit.rows()).isEqualTo(audit.expectedRows() - 1);
                assertThat(audit.different()).hasSize(1);
                assertThat(check(verified, "configurations").different()).containsExactly("orders");
                assertThat(check(verified, "configuration_versions").equal()).isTrue();
                assertThat(store.rows()).as("a verification changes nothing").isNotEqualTo(right);

                runToEnd(rebuildService, RebuildTask.REBUILD, Set.of("instances"));
                runToEnd(rebuildService, RebuildTask.REBUILD, Set.of("audit"));
                runToEnd(rebuildService, RebuildTask.REBUILD, Set.of("configurations"));
                assertThat(store.rows()).isEqualTo(right);
            }
        }
    }

    @Test
    void interruptedRebuild_resumesAfterLastBatch() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 2_000);
            try (var running = store.run()) {
                running.awaitHead();
                var before = store.rows();
                var first = newRebuildService(store, running, 10);
                first.start(RebuildTask.REBUILD, ALL);
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> first.latest().orElseThrow().position() > 100);
                first.close();
                awaitEnd(first);
                assertThat(first.latest().orElseThrow().failure()).isNotNull();
                assertThat(schemas(store)).containsExactly("models_next");

                var second = newRebuildService(store, running, 500);
                resume(second);
                awaitEnd(second);

                var resumed = second.latest().orElseThrow();
                assertThat(resumed.failure()).isNull();
                assertThat(resumed.resumedAt()).isGreaterThan(100);
                assertThat(store.rows()).isEqualTo(before);
                assertThat(schemas(store)).isEmpty();
            }
        }
    }

    @Test
    void shadowTables_ofOtherSchemaVersion_areNotResumed() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 300);
            try (var running = store.run()) {
                running.awaitHead();
                var first = newRebuildService(store, running, 10);
                first.start(RebuildTask.REBUILD, ALL);
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> first.latest().orElseThrow().position() > 10);
                first.close();
                awaitEnd(first);
                POSTGRES.execute("DELETE FROM models_next.schema_history WHERE installed_rank ="
                        + " (SELECT max(installed_rank) FROM models_next.schema_history)");

                var second = newRebuildService(store, running, 500);
                resume(second);
                awaitEnd(second);

                assertThat(second.latest().orElseThrow().failure()).isNull();
                assertThat(second.latest().orElseThrow().resumedAt()).isZero();
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
    void hash_isIndependentOfBatchSize() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 300);
            try (var running = store.run()) {
                running.awaitHead();
                var hashes = IntStream.of(1, 7, 1_000)
                        .mapToObj(size ->
                                runToEnd(newRebuildService(store, running, size), RebuildTask.VERIFY, ALL)
                                        .checks()
                                        .stream()
                                        .map(ComparisonResult::expectedSha256)
                                        .sorted()
                                        .toList())
                        .toList();

                assertThat(Set.copyOf(hashes)).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Chatham", "ar-EG-u-nu-arab, America/St_Johns"})
    void hash_isIndependentOfLocaleAndTimeZone(String locale, String zone) {
        var localeHere = Locale.getDefault();
        var zoneHere = TimeZone.getDefault();
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 200);
            try (var running = store.run()) {
                running.awaitHead();
                var here = runToEnd(newRebuildService(store, running, 1_000), RebuildTask.VERIFY, ALL);
                Locale.setDefault(Locale.forLanguageTag(locale));
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                // New connections take the time zone of their client.
                POSTGRES.pool().getHikariPoolMXBean().softEvictConnections();
                assertThat(store.texts("SHOW TIME ZONE")).containsExactly(zone);

                var there = runToEnd(newRebuildService(store, running, 7), RebuildTask.REBUILD, ALL);

                assertThat(there.checks())
                        .containsExactlyInAnyOrderElementsOf(here.checks())
                        .allSatisfy(comparisonResult ->
                                assertThat(comparisonResult.equal()).isTrue());
            }
        } finally {
            Locale.setDefault(localeHere);
            TimeZone.setDefault(zoneHere);
            POSTGRES.pool().getHikariPoolMXBean().softEvictConnections();
        }
    }

    @Test
    void parkedFacts_afterRebuildWithRepairedFold_areFolded() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 100);
            var folds = new HashMap<>(ProjectionRuntime.folds());
            folds.computeIfPresent("instances", (_, good) -> failingFor("i-3", good));
            try (var running = store.run(ReadModelStoreFixture.SETTINGS, folds)) {
                running.awaitHead();
                assertThat(running.status("instances").parked()).isPositive();
                var rebuildService = newRebuildService(store, running, 100);

                var verified = runToEnd(rebuildService, RebuildTask.VERIFY, Set.of("instances"));
                assertThat(check(verified, "instance_versions").different())
                        .isNotEmpty()
                        .allSatisfy(key -> assertThat(key).startsWith("i-3 "));
                runToEnd(rebuildService, RebuildTask.REBUILD, Set.of("instances"));
                assertThat(running.status("instances").parked()).isZero();
                assertAllTablesMatchStore(rebuildService);
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

    private void appendRandomFacts(ReadModelStoreFixture store, int facts) {
        var ids = IntStream.range(0, 20).mapToObj(i -> "i-" + i).toList();
        for (var fact : randomFactGenerator.next(facts, ids)) {
            store.append(3, fact);
            if (++told % CONFIGURED_ONCE_IN == 0) {
                configure(store, told / CONFIGURED_ONCE_IN);
            }
        }
    }

    /** Stores a configuration of one service, and deletes that of another. */
    private static void configure(ReadModelStoreFixture store, int version) {
        var content = "{\"a\":" + version + "}";
        store.append(
                ShardPartitioner.CONFIGURATIONS,
                new ConfigurationStored("orders", version, content, T0, by("alice")),
                new ConfigurationSchemaDeclared("orders", version, "{}", T0, by("alice")),
                new ConfigurationStored("billing", version, content, T0, by("bob")),
                new ConfigurationDeleted("billing", version, T0, by("bob")));
    }

    private static RebuildService newRebuildService(ReadModelStoreFixture store, Running running, int batchSize) {
        return new RebuildService(
                store.access,
                running.projectionRuntime.models(),
                running.projectionRuntime.watermarks(),
                batchSize,
                new ManualTimeSource(Instant.EPOCH));
    }

    private static RebuildRun runToEnd(RebuildService rebuildService, RebuildTask rebuildTask, Set<String> models) {
        rebuildService.start(rebuildTask, models);
        awaitEnd(rebuildService);
        var rebuildRun = rebuildService.latest().orElseThrow();
        assertThat(rebuildRun.failure()).isNull();
        return rebuildRun;
    }

    private static void awaitEnd(RebuildService rebuildService) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> rebuildService.latest().orElseThrow().endedAt() != null);
    }

    private static void resume(RebuildService rebuildService) {
        try {
            rebuildService.resume();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertAllTablesMatchStore(RebuildService rebuildService) {
        assertThat(runToEnd(rebuildService, RebuildTask.VERIFY, ALL).checks())
                .isNotEmpty()
                .allSatisfy(comparisonResult -> assertThat(comparisonResult.equal())
                        .as("%s", comparisonResult)
                        .isTrue());
    }

    private static ComparisonResult check(RebuildRun rebuildRun, String table) {
        return rebuildRun.checks().stream()
                .filter(comparisonResult -> comparisonResult.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> schemas(ReadModelStoreFixture store) {
        return store.texts("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'models\\_%' ORDER BY 1");
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

    private static BatchFold failingFor(String id, BatchFold good) {
        return (connection, facts) -> {
            if (facts.stream().anyMatch(fact -> fact.sequence().equals(id))) {
                throw new IllegalStateException("It can't be folded.");
            }
            good.fold(connection, facts);
        };
    }
}
