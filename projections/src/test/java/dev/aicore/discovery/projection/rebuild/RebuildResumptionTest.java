package dev.aicore.discovery.projection.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests rebuilds that another process continues. */
@Tag("integration")
class RebuildResumptionTest extends RebuildFixture {

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

    private static void resume(RebuildService rebuildService) {
        try {
            rebuildService.resume();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
