package dev.aicore.discovery.projection.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rebuilds and compares read models on a real PostgreSQL while projections run. */
@Tag("integration")
class RebuildServiceTest extends RebuildFixture {

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
                                "configuration_schemas",
                                "key_values");
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

    private static ComparisonResult check(RebuildRun rebuildRun, String table) {
        return rebuildRun.checks().stream()
                .filter(comparisonResult -> comparisonResult.table().equals(table))
                .findFirst()
                .orElseThrow();
    }
}
