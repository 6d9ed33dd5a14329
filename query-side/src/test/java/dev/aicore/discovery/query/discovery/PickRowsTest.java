package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.query.discovery.PickStatsReader.Row;
import dev.aicore.discovery.query.discovery.PickStatsReader.StoredPicks;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.discovery.PickBatch;
import dev.aicore.discovery.readmodel.discovery.PickBatch.Count;
import dev.aicore.discovery.readmodel.discovery.PickBatch.PickKey;
import dev.aicore.discovery.readmodel.discovery.PickRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

@Tag("integration")
class PickRowsTest {

    private static final Instant AT = ReadModelRows.AT;

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final Database database = registry.server().bean(Database.class);
    private final PickRows one = new PickRows(database, "one");
    private final PickRows other = new PickRows(database, "other");

    @BeforeEach
    void setWatermarks() {
        registry.rows().watermark("audit", 100);
        registry.rows().watermark("instances", 90);
    }

    @Test
    void batches_ofAllNodes_areSummed() {
        assertThat(done(one.add(
                        batch(1, count("orders", "random", "a", 3, 100), count("orders", "random", "", 2, 100)))))
                .isEqualTo(100);
        done(other.add(batch(1, count("orders", "random", "a", 4, 100), count("orders", "weighted", "a", 1, 100))));
        done(one.add(batch(2, count("billing", "random", "c", 9, 100))));

        var storedPicks = read("orders");
        assertThat(storedPicks.rows())
                .containsExactly(
                        new Row("", "random", 2, null, null, null),
                        new Row("a", "random", 7, null, null, null),
                        new Row("a", "weighted", 1, null, null, null));
        assertThat(storedPicks.since()).isEqualTo(AT);
        assertThat(storedPicks.reset()).isZero();
        assertThat(storedPicks.written()).isEqualTo(2);
    }

    @Test
    void repeatedBatch_isCountedOnce() {
        var batch = batch(1, count("orders", "random", "a", 3, 100));
        done(one.add(batch));

        assertThat(done(one.add(batch))).isEqualTo(100);
        assertThat(read("orders").rows()).containsExactly(new Row("a", "random", 3, null, null, null));
    }

    @Test
    void picks_beforeReset_areNotAdded() {
        registry.rows().picksReset("orders", AT.plusSeconds(60), 105);
        done(one.add(batch(
                1,
                count("orders", "random", "a", 3, 100),
                count("orders", "random", "b", 4, 105),
                count("billing", "random", "c", 5, 100))));

        var orders = read("orders");
        assertThat(orders.rows()).containsExactly(new Row("b", "random", 4, null, null, null));
        assertThat(orders.since()).isEqualTo(AT.plusSeconds(60));
        assertThat(orders.reset()).isEqualTo(105);
        assertThat(read("billing").rows()).containsExactly(new Row("c", "random", 5, null, null, null));
    }

    @Test
    void emptyBatch_returnsAuditWatermark() {
        assertThat(done(one.add(new PickBatch(0, List.of())))).isEqualTo(100);
        assertThat(read("orders")).isEqualTo(new StoredPicks(0, null, 0, List.of()));
    }

    @Test
    void batch_ofMaximumSize_isWritten() {
        int most = 20_000;
        done(one.add(new PickBatch(
                1,
                IntStream.range(0, most)
                        .mapToObj(i -> count("s-" + i % 10_000, "random", "i-" + i, 1, 100))
                        .toList())));

        assertThat(registry.postgres().number("SELECT sum(picks) FROM models.picks"))
                .isEqualTo(most);
    }

    @Test
    void stalePicks_ofRemovedInstances_areMergedIntoService() {
        registry.rows().instance(SampleInstance.of("orders", "here").slot(0, 1), 1);
        done(one.add(batch(
                1,
                count("orders", "random", "here", 1, 100),
                count("orders", "random", "gone", 2, 100),
                count("orders", "random", "gone too", 4, 100),
                count("orders", "random", "", 8, 100))));
        done(one.deleteStale().thenReturn(true));
        assertThat(read("orders").rows()).hasSize(4);

        registry.postgres().execute("UPDATE models.picks SET picked_at = now() - interval '25 hours'");
        done(one.deleteStale().thenReturn(true));

        assertThat(read("orders").rows())
                .containsExactly(
                        new Row("", "random", 14, null, null, null),
                        new Row("here", "random", 1, BreakerState.CLOSED, null, null));
    }

    @Test
    void stalePicks_ofManyRemovedInstances_areAllMerged() {
        done(one.add(new PickBatch(
                1,
                IntStream.range(0, 2_500)
                        .mapToObj(i -> count("orders", "random", "i-" + i, 1, 100))
                        .toList())));
        registry.postgres().execute("UPDATE models.picks SET picked_at = now() - interval '25 hours'");

        done(one.deleteStale().thenReturn(true));

        assertThat(read("orders").rows()).containsExactly(new Row("", "random", 2_500, null, null, null));
    }

    @Test
    void storedPicks_includeLiveInstancesWithConnections() {
        var rows = registry.rows();
        rows.instance(SampleInstance.of("orders", "a").slot(0, 1), 1);
        rows.instance(SampleInstance.of("orders", "b").slot(1, 2), 2);
        rows.instance(SampleInstance.of("orders", "c").slot(2, 20), 20);
        rows.connections(3, 0, 10, 7, AT);
        rows.connections(3, 2, 10, 9, AT);
        done(one.add(batch(1, count("orders", "random", "a", 3, 100))));

        assertThat(read("orders").rows())
                .containsExactly(
                        new Row("a", "random", 3, BreakerState.CLOSED, 7, AT),
                        new Row("b", null, 0, BreakerState.CLOSED, null, null),
                        new Row("c", null, 0, BreakerState.CLOSED, null, null));
    }

    private StoredPicks read(String service) {
        var read = done(new PickStatsReader(database, "one").ofService(service));
        assertThat(read.position()).isEqualTo(90);
        return read.rows();
    }

    private static <T> T done(Mono<T> work) {
        return Objects.requireNonNull(work.block(Duration.ofSeconds(30)));
    }

    private static PickBatch batch(long number, Count... counts) {
        return new PickBatch(number, List.of(counts));
    }

    private static Count count(String service, String strategy, String instance, long picks, long since) {
        return new Count(new PickKey(service, strategy, instance), picks, AT, since);
    }
}
