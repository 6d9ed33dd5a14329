package dev.aicore.discovery.projection.discovery;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class PickResetFoldTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @Test
    void reset_clearsPicksOfOwnServiceOnlyAndIsAudited() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            add("orders", 5);
            add("billing", 7);
            store.append(3, registered("a", 0), reset("orders", 9));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(picks(store)).containsExactly("billing 7");
            assertThat(since(store)).containsExactly("billing 0 0", "orders 9 2");
            assertThat(store.texts(
                            "SELECT concat_ws(' ', position, type, coalesce(instance_id, '-'), service, actor, reason)"
                                    + " FROM models.audit WHERE type = 'PicksReset'"))
                    .containsExactly("2 PicksReset - orders carol deploy");
            assertThat(store.texts("SELECT summary FROM models.audit WHERE type = 'PicksReset'"))
                    .containsExactly("the picks of orders were reset by carol");
        }
    }

    @Test
    void refoldedReset_clearsPicksOnce() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(3, reset("orders", 9), reset("orders", 12));
            store.append(4, reset("billing", 10));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            var once = store.rows();
            add("orders", 5);
            add("billing", 7);

            store.resetTokens();
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(picks(store)).containsExactly("billing 7", "orders 5");
            assertThat(since(store)).containsExactly("billing 10 3", "orders 12 2");
            assertThat(store.rows()).isEqualTo(once);

            store.append(3, reset("orders", 20));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(picks(store)).containsExactly("billing 7");
            assertThat(since(store)).containsExactly("billing 10 3", "orders 20 4");
        }
    }

    private static PicksReset reset(String service, int second) {
        return new PicksReset(service, T0.plusSeconds(second), by("carol"));
    }

    /** Adds picks as a query node does. */
    private static void add(String service, int picks) {
        POSTGRES.execute(
                "INSERT INTO models.picked_services VALUES ('" + T0 + "', 0, '" + service + "') ON CONFLICT DO NOTHING",
                "INSERT INTO models.picks VALUES (" + picks + ", '" + T0 + "', '" + service + "', 'random', 'a')");
    }

    private static List<String> picks(ReadModelStoreFixture store) {
        return store.texts("SELECT concat_ws(' ', service, picks) FROM models.picks ORDER BY service");
    }

    private static List<String> since(ReadModelStoreFixture store) {
        return store.texts("SELECT concat_ws(' ', service, extract(epoch FROM since - '" + T0
                + "')::int, reset_position) FROM models.picked_services ORDER BY service");
    }
}
