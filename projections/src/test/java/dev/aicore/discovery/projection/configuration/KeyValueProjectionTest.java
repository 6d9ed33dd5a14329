package dev.aicore.discovery.projection.configuration;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class KeyValueProjectionTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @Test
    void values_haveConsecutiveValidityRangesAndCreation() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.KEY_VALUES,
                    stored("a", 1, 0, "x"),
                    stored("b", 2, 0, "x"),
                    stored("a", 3, 1, "ä"),
                    new KeyValueDeleted("a", 3, T0, by("carol")));
            store.append(ShardPartitioner.KEY_VALUES, stored("a", 4, 0, ""), stored("a", 5, 4, "z"));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(values(store))
                    .containsExactly(
                            "a 1-3 created 1 v1 flags 9 x",
                            "a 3-4 created 1 v3 flags 9 ä",
                            "a 4-5 created 4 v3 flags 0 deleted",
                            "a 5-6 created 5 v4 flags 9 ",
                            "a 6-now created 5 v5 flags 9 z",
                            "b 2-now created 2 v2 flags 9 x");
        }
    }

    @Test
    void keyFacts_areAuditedWithoutValues() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.KEY_VALUES,
                    stored("config/orders,prod/data", 1, 0, "secret"),
                    stored("feature", 2, 0, "x"),
                    stored("feature", 3, 2, "y"),
                    new KeyValueDeleted("feature", 3, T0, by("carol")));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(store.texts("SELECT concat_ws(' | ', type, coalesce(service, '-'), summary, actor, protocol)"
                            + " FROM models.audit ORDER BY position"))
                    .containsExactly(
                            "KeyValueStored | orders | the key config/orders,prod/data was created by alice | alice | rest",
                            "KeyValueStored | - | the key feature was created by alice | alice | rest",
                            "KeyValueStored | - | the key feature was changed by alice | alice | rest",
                            "KeyValueDeleted | - | the key feature was deleted by carol | carol | rest");
        }
    }

    @Test
    void refoldedFacts_yieldSameRows() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            for (int version = 1; version <= 60; version += 2) {
                store.append(
                        ShardPartitioner.KEY_VALUES,
                        stored("a", version, version == 1 ? 0 : version - 2, "x" + version),
                        stored("k" + version, version + 1, 0, "y"));
            }
            store.append(ShardPartitioner.KEY_VALUES, new KeyValueDeleted("k1", 2, T0, by("carol")));
            // Batches of another size, so that the second run has other boundaries.
            store.foldAll(
                    new ProjectionSettings(2, 7, 4, Duration.ofMillis(20), Duration.ofSeconds(1)),
                    ProjectionRuntime.folds());
            var once = store.rows();
            assertThat(values(store)).hasSize(30 + 30 + 1);

            store.resetTokens();
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            assertThat(store.rows()).isEqualTo(once);

            store.forgetModels();
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            assertThat(store.rows()).isEqualTo(once);
        }
    }

    @Test
    void factWithoutPredecessor_isParkedAlone() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.KEY_VALUES,
                    stored("a", 1, 0, "x"),
                    stored("a", 4, 3, "y"),
                    stored("b", 5, 0, "x"));
            try (var running = store.run()) {
                running.awaitHead();
                store.awaitTrue(() -> running.status("configurations").parked() == 1);
            }
            assertThat(values(store))
                    .containsExactly("a 1-now created 1 v1 flags 9 x", "b 3-now created 3 v5 flags 9 x");
            assertThat(store.texts("SELECT instance_id FROM models.parked_facts"))
                    .containsExactly("key-value/a");
        }
    }

    private static KeyValueStored stored(String key, int version, int replaced, String value) {
        var base64 = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        return new KeyValueStored(key, version, replaced, 9, base64, T0, by("alice"));
    }

    private static List<String> values(ReadModelStoreFixture store) {
        return store.texts(
                "SELECT key || ' ' || from_position || '-' || coalesce(to_position::text, 'now') || ' created '"
                        + " || created_position || ' v' || version || ' flags ' || flags || ' '"
                        + " || coalesce(convert_from(value, 'UTF8'), 'deleted')"
                        + " FROM models.key_values ORDER BY key, from_position");
    }
}
