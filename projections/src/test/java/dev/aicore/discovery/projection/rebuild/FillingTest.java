package dev.aicore.discovery.projection.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.FlyingTime;
import dev.aicore.discovery.config.time.ManualTime;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.flow.BuildFold;
import dev.aicore.discovery.projection.flow.Model;
import dev.aicore.discovery.projection.flow.Recorded;
import dev.aicore.discovery.projection.history.AuditProjection;
import dev.aicore.discovery.projection.instance.InstanceProjection;
import dev.aicore.discovery.projection.testing.ModelStore;
import dev.aicore.discovery.projection.testing.ModelStore.Running;
import dev.aicore.discovery.projection.testing.Story;
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

/** The folds that only build: what they can't fold is found and parked by those that serve. */
@Tag("integration")
class FillingTest {

    private static final String POISONED = "i-3";

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private final Story story = new Story(7);

    @Test
    void whatCannotBeFoldedIsParkedAndAllElseIsThere() {
        try (var store = new ModelStore(POSTGRES)) {
            tell(store, 600);
            try (var running = store.run()) {
                running.awaitHead();
                var right = rowsOfOthers(store);
                long facts = Long.parseLong(
                        store.texts("SELECT count(*) FROM models.audit WHERE instance_id = '" + POISONED + "'")
                                .getFirst());

                rebuild(store, running, refusing(InstanceProjection.model()), 50);

                assertThat(rowsOfOthers(store)).isEqualTo(right).isNotEmpty();
                assertThat(store.texts("SELECT id FROM models.instance_versions WHERE id = '" + POISONED + "'"))
                        .isEmpty();
                assertThat(running.status("instances").parked()).isEqualTo(facts);
            }
        }
    }

    @Test
    void aFoldThatIsFullIsMadeToWriteAndGoesOn() {
        writesMoreThanOnce(true, new ManualTime(Instant.EPOCH));
    }

    @Test
    void whatTakesLongIsCommittedMeanwhile() {
        writesMoreThanOnce(false, new FlyingTime(Filling.LONGEST));
    }

    @Test
    void whatAKillCostsIsNoMoreThanWhatWasDoneBefore() {
        var second = Duration.ofSeconds(1).toNanos();
        assertThat(Filling.isLong(0, 2 * second)).isTrue();
        assertThat(Filling.isLong(0, 2 * second - 1)).isFalse();
        assertThat(Filling.isLong(8 * second, 8 * second - 1)).isFalse();
        assertThat(Filling.isLong(8 * second, 8 * second)).isTrue();
        assertThat(Filling.isLong(60 * second, 15 * second)).isTrue();
    }

    @Test
    void tablesAreVacuumedOnceTheyServeAndNotBefore() {
        try (var store = new ModelStore(POSTGRES)) {
            tell(store, 50);
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
        try (var store = new ModelStore(POSTGRES)) {
            tell(store, Filling.AT_ONCE + 500);
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
    void readersFindTheirIndexesAgain() {
        try (var store = new ModelStore(POSTGRES)) {
            tell(store, 50);
            try (var running = store.run()) {
                running.awaitHead();
                var before = indexes(store);

                rebuild(store, running, AuditProjection.model(), 50);

                assertThat(indexes(store)).isEqualTo(before).anyMatch(index -> index.contains("audit_actor"));
            }
        }
    }

    private void tell(ModelStore store, int facts) {
        var ids = IntStream.range(0, 20).mapToObj(i -> "i-" + i).toList();
        story.next(facts, ids).forEach(fact -> store.append(3, fact));
    }

    private static void rebuild(ModelStore store, Running running, Model model, int batchSize) {
        rebuild(store, running, model, batchSize, new ManualTime(Instant.EPOCH));
    }

    private static void rebuild(ModelStore store, Running running, Model model, int batchSize, TimeSource time) {
        var rebuilds = new Rebuilds(
                store.access, Map.of(model.name(), model), running.projections.watermarks(), batchSize, time);
        rebuilds.start(Task.REBUILD, Set.of(model.name()));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rebuilds.latest().orElseThrow().endedAt() != null);
        assertThat(rebuilds.latest().orElseThrow().failure()).isNull();
    }

    private static List<String> rowsOfOthers(ModelStore store) {
        return store.texts(
                "SELECT v::text FROM models.instance_versions v WHERE id <> '" + POISONED + "' ORDER BY from_position");
    }

    private static List<String> indexes(ModelStore store) {
        return store.texts("SELECT indexdef FROM pg_indexes WHERE schemaname = 'models' ORDER BY 1");
    }

    private static List<String> unvacuumed(ModelStore store, String schema) {
        return store.texts("SELECT relname FROM pg_class WHERE relnamespace = '" + schema
                + "'::regnamespace AND 'autovacuum_enabled=false' = ANY (reloptions)");
    }

    private static Model atTheEnd(Runnable look) {
        var good = InstanceProjection.model();
        return new Model(
                good.name(),
                good.tables(),
                good.fold(),
                () -> new Delegating(good.build().get()) {
                    @Override
                    public void end(Connection connection) throws SQLException {
                        look.run();
                        super.end(connection);
                    }
                },
                good.takes());
    }

    private static Model refusing(Model good) {
        return new Model(
                good.name(),
                good.tables(),
                (connection, facts) -> {
                    refuse(facts);
                    good.fold().fold(connection, facts);
                },
                () -> new Delegating(good.build().get()) {
                    @Override
                    public Write take(List<Recorded> facts) {
                        refuse(facts);
                        return super.take(facts);
                    }
                },
                good.takes());
    }

    private static void refuse(List<Recorded> facts) {
        if (facts.stream().anyMatch(fact -> fact.sequence().equals(POISONED))) {
            throw new IllegalStateException("It can't be folded.");
        }
    }

    private static Model counting(Model good, boolean isFull, AtomicInteger written) {
        return new Model(
                good.name(),
                good.tables(),
                good.fold(),
                () -> new Delegating(good.build().get()) {
                    @Override
                    public boolean isFull() {
                        return isFull || super.isFull();
                    }

                    @Override
                    public Write rest() {
                        written.incrementAndGet();
                        return super.rest();
                    }
                },
                good.takes());
    }

    private static class Delegating implements BuildFold {

        private final BuildFold to;

        Delegating(BuildFold to) {
            this.to = to;
        }

        @Override
        public Write take(List<Recorded> facts) {
            return to.take(facts);
        }

        @Override
        public boolean knows(List<Recorded> facts) {
            return to.knows(facts);
        }

        @Override
        public void read(Connection connection, List<Recorded> facts) throws SQLException {
            to.read(connection, facts);
        }

        @Override
        public boolean isFull() {
            return to.isFull();
        }

        @Override
        public Write rest() {
            return to.rest();
        }

        @Override
        public void forget() {
            to.forget();
        }

        @Override
        public void end(Connection connection) throws SQLException {
            to.end(connection);
        }
    }
}
