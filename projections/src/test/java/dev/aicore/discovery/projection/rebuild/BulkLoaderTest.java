package dev.aicore.discovery.projection.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.config.time.SteppingTimeSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.history.AuditProjection;
import dev.aicore.discovery.projection.instance.InstanceProjection;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.RebuildFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import dev.aicore.discovery.projection.testing.RandomFactGenerator;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture.Running;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies the rebuilding folds: the folds that serve live facts find and park the facts that can't be folded. */
@Tag("integration")
class BulkLoaderTest {

    private static final String POISONED = "i-3";

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private final RandomFactGenerator randomFactGenerator = new RandomFactGenerator(7);

    @Test
    void unfoldableFacts_areParkedAndRemainderIsLoaded() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 600);
            try (var running = store.run()) {
                running.awaitHead();
                var right = rowsWithoutPoisoned(store);
                long facts = Long.parseLong(
                        store.texts("SELECT count(*) FROM models.audit WHERE instance_id = '" + POISONED + "'")
                                .getFirst());

                rebuild(store, running, refusing(InstanceProjection.model()), 50);

                assertThat(rowsWithoutPoisoned(store)).isEqualTo(right).isNotEmpty();
                assertThat(store.texts("SELECT id FROM models.instance_versions WHERE id = '" + POISONED + "'"))
                        .isEmpty();
                assertThat(running.status("instances").parked()).isEqualTo(facts);
            }
        }
    }

    @Test
    void fullFold_isWrittenAndContinues() {
        writesMoreThanOnce(true, new ManualTimeSource(Instant.EPOCH));
    }

    @Test
    void longLoad_isCommittedInParts() {
        writesMoreThanOnce(false, new SteppingTimeSource(BulkLoader.MAX_TRANSACTION));
    }

    @Test
    void longTransaction_isJudgedByEarlierWorkWithinLimits() {
        var second = Duration.ofSeconds(1).toNanos();
        assertThat(BulkLoader.isLong(0, 2 * second)).isTrue();
        assertThat(BulkLoader.isLong(0, 2 * second - 1)).isFalse();
        assertThat(BulkLoader.isLong(8 * second, 8 * second - 1)).isFalse();
        assertThat(BulkLoader.isLong(8 * second, 8 * second)).isTrue();
        assertThat(BulkLoader.isLong(60 * second, 15 * second)).isTrue();
    }

    @Test
    void autovacuum_isDisabledDuringLoadOnly() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 50);
            try (var running = store.run()) {
                running.awaitHead();
                var whileFilling = new ArrayList<String>();

                rebuild(store, running, atTheEnd(() -> whileFilling.addAll(unvacuumed(store, "models_next"))), 50);

                assertThat(whileFilling).contains("instance_versions", "instances");
                assertThat(unvacuumed(store, "models")).isEmpty();
            }
        }
    }

    private void writesMoreThanOnce(boolean isFull, TimeSource time) {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, BulkLoader.BATCH_SIZE + 500);
            try (var running = store.run()) {
                running.awaitHead();
                var right = store.rows();
                var written = new AtomicInteger();

                rebuild(store, running, counting(InstanceProjection.model(), isFull, written), 100_000, time);

                assertThat(store.rows()).isEqualTo(right);
                assertThat(written).hasValueGreaterThan(1);
            }
        }
    }

    @Test
    void indexes_afterRebuild_areRestored() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 50);
            try (var running = store.run()) {
                running.awaitHead();
                var before = indexes(store);

                rebuild(store, running, AuditProjection.model(), 50);

                assertThat(indexes(store)).isEqualTo(before).anyMatch(index -> index.contains("audit_actor"));
            }
        }
    }

    private void appendRandomFacts(ReadModelStoreFixture store, int facts) {
        var ids = IntStream.range(0, 20).mapToObj(i -> "i-" + i).toList();
        randomFactGenerator.next(facts, ids).forEach(fact -> store.append(3, fact));
    }

    private static void rebuild(ReadModelStoreFixture store, Running running, ReadModel readModel, int batchSize) {
        rebuild(store, running, readModel, batchSize, new ManualTimeSource(Instant.EPOCH));
    }

    private static void rebuild(
            ReadModelStoreFixture store, Running running, ReadModel readModel, int batchSize, TimeSource time) {
        var rebuildService = new RebuildService(
                store.access,
                Map.of(readModel.name(), readModel),
                running.projectionRuntime.watermarks(),
                running.projectionRuntime::hasFailed,
                batchSize,
                time);
        rebuildService.start(RebuildTask.REBUILD, Set.of(readModel.name()));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rebuildService.latest().orElseThrow().endedAt() != null);
        assertThat(rebuildService.latest().orElseThrow().failure()).isNull();
    }

    private static List<String> rowsWithoutPoisoned(ReadModelStoreFixture store) {
        return store.texts(
                "SELECT v::text FROM models.instance_versions v WHERE id <> '" + POISONED + "' ORDER BY from_position");
    }

    private static List<String> indexes(ReadModelStoreFixture store) {
        return store.texts("SELECT indexdef FROM pg_indexes WHERE schemaname = 'models' ORDER BY 1");
    }

    private static List<String> unvacuumed(ReadModelStoreFixture store, String schema) {
        return store.texts("SELECT relname FROM pg_class WHERE relnamespace = '" + schema
                + "'::regnamespace AND 'autovacuum_enabled=false' = ANY (reloptions)");
    }

    private static ReadModel atTheEnd(Runnable look) {
        var good = InstanceProjection.model();
        return new ReadModel(
                good.name(),
                good.tables(),
                good.fold(),
                schema -> new Delegating(good.build().apply(schema)) {
                    @Override
                    public void end(Connection connection) throws SQLException {
                        look.run();
                        super.end(connection);
                    }
                },
                good.takes());
    }

    private static ReadModel refusing(ReadModel good) {
        return new ReadModel(
                good.name(),
                good.tables(),
                schema -> (connection, facts) -> {
                    refuse(facts);
                    good.fold().apply(schema).fold(connection, facts);
                },
                schema -> new Delegating(good.build().apply(schema)) {
                    @Override
                    public Write accept(List<RecordedFact> facts) {
                        refuse(facts);
                        return super.accept(facts);
                    }
                },
                good.takes());
    }

    private static void refuse(List<RecordedFact> facts) {
        if (facts.stream().anyMatch(fact -> fact.sequence().equals(POISONED))) {
            throw new IllegalStateException("It can't be folded.");
        }
    }

    private static ReadModel counting(ReadModel good, boolean isFull, AtomicInteger written) {
        return new ReadModel(
                good.name(),
                good.tables(),
                good.fold(),
                schema -> new Delegating(good.build().apply(schema)) {
                    @Override
                    public boolean isFull() {
                        return isFull || super.isFull();
                    }

                    @Override
                    public Write flush() {
                        written.incrementAndGet();
                        return super.flush();
                    }
                },
                good.takes());
    }

    private static class Delegating implements RebuildFold {

        private final RebuildFold to;

        Delegating(RebuildFold to) {
            this.to = to;
        }

        @Override
        public Write accept(List<RecordedFact> facts) {
            return to.accept(facts);
        }

        @Override
        public boolean isCached(List<RecordedFact> facts) {
            return to.isCached(facts);
        }

        @Override
        public void read(Connection connection, List<RecordedFact> facts) throws SQLException {
            to.read(connection, facts);
        }

        @Override
        public boolean isFull() {
            return to.isFull();
        }

        @Override
        public Write flush() {
            return to.flush();
        }

        @Override
        public void clearCache() {
            to.clearCache();
        }

        @Override
        public void end(Connection connection) throws SQLException {
            to.end(connection);
        }
    }
}
