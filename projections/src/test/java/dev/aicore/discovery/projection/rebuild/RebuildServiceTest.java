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
    void whatIsBuiltAnewIsWhatWasThereAndGoesOn() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 500);
            try (var running = store.run()) {
                running.awaitHead();
                var before = store.rows();
                var rebuilt = done(rebuilds(store, running, 64), RebuildTask.REBUILD, ALL);

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
                tell(store, 200);
                running.awaitHead();
                assertAllAreAsTheStoreSays(rebuilds(store, running, 500));
                assertThat(schemas(store)).isEmpty();
            }
        }
    }

    @Test
    void writesGoOnWhileItIsBuilt() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 300);
            try (var running = store.run()) {
                var rebuildService = rebuilds(store, running, 5);
                rebuildService.start(RebuildTask.REBUILD, ALL);
                for (int i = 0; i < 60; i++) {
                    tell(store, 10);
                }
                ended(rebuildService);
                running.awaitHead();

                var rebuilt = rebuildService.latest().orElseThrow();
                assertThat(rebuilt.failure()).isNull();
                assertThat(rebuilt.checks())
                        .hasSize(6)
                        .allSatisfy(comparisonResult -> assertThat(comparisonResult.equal())
                                .as("%s", comparisonResult)
                                .isTrue());
                assertAllAreAsTheStoreSays(rebuildService);
            }
        }
    }

    @Test
    void aRowThatSomebodyChangedIsNamedAndMended() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 200);
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
                var rebuildService = rebuilds(store, running, 100);

                var verified = done(rebuildService, RebuildTask.VERIFY, ALL);
                assertThat(check(verified, "instance_versions").different()).containsExactly(key);
                assertThat(check(verified, "instances").equal()).isTrue();
                var audit = check(verified, "audit");
                assertThat(audit.rows()).isEqualTo(audit.expectedRows() - 1);
                assertThat(audit.different()).hasSize(1);
                assertThat(check(verified, "configurations").different()).containsExactly("orders");
                assertThat(check(verified, "configuration_versions").equal()).isTrue();
                assertThat(store.rows()).as("it only compares").isNotEqualTo(right);

                done(rebuildService, RebuildTask.REBUILD, Set.of("instances"));
                done(rebuildService, RebuildTask.REBUILD, Set.of("audit"));
                done(rebuildService, RebuildTask.REBUILD, Set.of("configurations"));
                assertThat(store.rows()).isEqualTo(right);
            }
        }
    }

    @Test
    void whatWasInterruptedGoesOnBehindItsLastBatch() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 2_000);
            try (var running = store.run()) {
                running.awaitHead();
                var before = store.rows();
                var first = rebuilds(store, running, 10);
                first.start(RebuildTask.REBUILD, ALL);
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> first.latest().orElseThrow().position() > 100);
                first.close();
                ended(first);
                assertThat(first.latest().orElseThrow().failure()).isNotNull();
                assertThat(schemas(store)).containsExactly("models_next");

                var second = rebuilds(store, running, 500);
                resume(second);
                ended(second);

                var resumed = second.latest().orElseThrow();
                assertThat(resumed.failure()).isNull();
                assertThat(resumed.resumedAt()).isGreaterThan(100);
                assertThat(store.rows()).isEqualTo(before);
                assertThat(schemas(store)).isEmpty();
            }
        }
    }

    @Test
    void tablesOfAnotherVersionAreNotGoneOnWith() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 300);
            try (var running = store.run()) {
                running.awaitHead();
                var first = rebuilds(store, running, 10);
                first.start(RebuildTask.REBUILD, ALL);
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> first.latest().orElseThrow().position() > 10);
                first.close();
                ended(first);
                POSTGRES.execute("DELETE FROM models_next.schema_history WHERE installed_rank ="
                        + " (SELECT max(installed_rank) FROM models_next.schema_history)");

                var second = rebuilds(store, running, 500);
                resume(second);
                ended(second);

                assertThat(second.latest().orElseThrow().failure()).isNull();
                assertThat(second.latest().orElseThrow().resumedAt()).isZero();
            }
        }
    }

    @Test
    void whoReadsForLongIsWaitedForAndNobodyElseWaits() throws SQLException {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 100);
            try (var running = store.run()) {
                running.awaitHead();
                var rebuildService = rebuilds(store, running, 100);
                try (var reading = POSTGRES.pool().getConnection()) {
                    reading.setAutoCommit(false);
                    try (var statement = reading.createStatement()) {
                        statement.execute("LOCK TABLE models.audit IN ACCESS SHARE MODE");
                        rebuildService.start(RebuildTask.REBUILD, ALL);
                        await().atMost(Duration.ofMinutes(1))
                                .pollInterval(Duration.ofMillis(5))
                                .until(() -> POSTGRES.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
                        tell(store, 50);
                        running.awaitHead();
                    }
                    assertThat(rebuildService.latest().orElseThrow().endedAt()).isNull();
                    reading.rollback();
                }
                ended(rebuildService);

                assertThat(rebuildService.latest().orElseThrow().failure()).isNull();
                assertThat(rebuildService.latest().orElseThrow().position()).isEqualTo(store.head());
            }
        }
    }

    @Test
    void theHashIsTheSameHoweverItIsFolded() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 300);
            try (var running = store.run()) {
                running.awaitHead();
                var hashes = IntStream.of(1, 7, 1_000)
                        .mapToObj(
                                size -> done(rebuilds(store, running, size), RebuildTask.VERIFY, ALL).checks().stream()
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
    void theHashIsTheSameWhereverItIsFolded(String locale, String zone) {
        var localeHere = Locale.getDefault();
        var zoneHere = TimeZone.getDefault();
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 200);
            try (var running = store.run()) {
                running.awaitHead();
                var here = done(rebuilds(store, running, 1_000), RebuildTask.VERIFY, ALL);
                Locale.setDefault(Locale.forLanguageTag(locale));
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                // New connections take the time zone of their client.
                POSTGRES.pool().getHikariPoolMXBean().softEvictConnections();
                assertThat(store.texts("SHOW TIME ZONE")).containsExactly(zone);

                var there = done(rebuilds(store, running, 7), RebuildTask.REBUILD, ALL);

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
    void factsThatCouldNotBeFoldedAreThereOnceTheFoldIsMended() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 100);
            var folds = new HashMap<>(ProjectionRuntime.folds());
            folds.computeIfPresent("instances", (_, good) -> failingFor("i-3", good));
            try (var running = store.run(ReadModelStoreFixture.SETTINGS, folds)) {
                running.awaitHead();
                assertThat(running.status("instances").parked()).isPositive();
                var rebuildService = rebuilds(store, running, 100);

                var verified = done(rebuildService, RebuildTask.VERIFY, Set.of("instances"));
                assertThat(check(verified, "instance_versions").different())
                        .isNotEmpty()
                        .allSatisfy(key -> assertThat(key).startsWith("i-3 "));
                done(rebuildService, RebuildTask.REBUILD, Set.of("instances"));
                assertThat(running.status("instances").parked()).isZero();
                assertAllAreAsTheStoreSays(rebuildService);
            }
        }
    }

    @Test
    void aFactThatComesDuringTheSwapWaitsForNoneThatIsFoldedByThen() throws SQLException {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 100);
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
                var rebuildService = rebuilds(store, running, 100);
                holdSwaps();
                try (var holding = POSTGRES.pool().getConnection();
                        var hold = holding.createStatement()) {
                    holding.setAutoCommit(false);
                    hold.execute("SELECT pg_advisory_xact_lock(1)");
                    rebuildService.start(RebuildTask.REBUILD, ALL);
                    awaitWaiting(store, "locktype = 'advisory'");

                    randomFactGenerator.next(1, List.of("i-3")).forEach(fact -> store.append(3, fact));
                    awaitWaiting(store, "relation = 'models.parked_facts'::regclass");
                    holding.rollback();
                }
                ended(rebuildService);
                running.awaitHead();

                assertThat(rebuildService.latest().orElseThrow().failure()).isNull();
                assertThat(running.status("instances").parked()).isZero();
                assertAllAreAsTheStoreSays(rebuildService);
            }
        }
    }

    @Test
    void theLastFactsAreFoldedWhileOthersHaveAllConnections() throws SQLException {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 100);
            try (var running = store.run()) {
                running.awaitHead();
                var rebuildService = rebuilds(store, running, 100);
                var others = new ArrayList<Connection>();
                try (var holding = POSTGRES.pool().getConnection();
                        var hold = holding.createStatement()) {
                    holding.setAutoCommit(false);
                    hold.execute("LOCK TABLE models.audit IN SHARE UPDATE EXCLUSIVE MODE");
                    rebuildService.start(RebuildTask.REBUILD, ALL);
                    awaitWaiting(store, "relation = 'models.audit'::regclass");
                    tell(store, 20);
                    running.awaitHead();
                    for (int ours = 2; ours < POSTGRES.pool().getMaximumPoolSize(); ours++) {
                        others.add(POSTGRES.pool().getConnection());
                    }
                    holding.rollback();
                    ended(rebuildService);
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
    void thereIsOneTaskAtATime() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            tell(store, 500);
            try (var running = store.run()) {
                var rebuildService = rebuilds(store, running, 1);
                rebuildService.start(RebuildTask.VERIFY, ALL);

                assertThatThrownBy(() -> rebuildService.start(RebuildTask.REBUILD, ALL))
                        .isInstanceOf(RegistryException.class);
                ended(rebuildService);
                assertThat(rebuildService.latest().orElseThrow().task()).isEqualTo(RebuildTask.VERIFY);
            }
        }
    }

    private void tell(ReadModelStoreFixture store, int facts) {
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

    private static RebuildService rebuilds(ReadModelStoreFixture store, Running running, int batchSize) {
        return new RebuildService(
                store.access,
                running.projectionRuntime.models(),
                running.projectionRuntime.watermarks(),
                batchSize,
                new ManualTimeSource(Instant.EPOCH));
    }

    private static RebuildRun done(RebuildService rebuildService, RebuildTask rebuildTask, Set<String> models) {
        rebuildService.start(rebuildTask, models);
        ended(rebuildService);
        var rebuildRun = rebuildService.latest().orElseThrow();
        assertThat(rebuildRun.failure()).isNull();
        return rebuildRun;
    }

    private static void ended(RebuildService rebuildService) {
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

    private static void assertAllAreAsTheStoreSays(RebuildService rebuildService) {
        assertThat(done(rebuildService, RebuildTask.VERIFY, ALL).checks())
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

    private static void awaitWaiting(ReadModelStoreFixture store, String lock) {
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
