package dev.aicore.discovery.projection.configuration;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class ConfigurationProjectionTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private static final String PRECISE = "{\"a\":1e400,\"b\":0.10,\"c\":12345678901234567890,\"d\":\"\\u0000\"}";

    @Test
    void versions_haveConsecutiveValidityRanges() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.CONFIGURATIONS,
                    stored("orders", 1, PRECISE),
                    stored("billing", 1, "{}"),
                    stored("orders", 2, "{\"a\":2}"),
                    new ConfigurationRolledBack("orders", 3, 1, PRECISE, T0, by("bob")),
                    new ConfigurationDeleted("orders", 3, T0, by("carol")));
            store.append(ShardPartitioner.CONFIGURATIONS, stored("orders", 4, "{}"));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(versions(store, "orders"))
                    .containsExactly(
                            "1-3 v1 alice " + PRECISE,
                            "3-4 v2 alice {\"a\":2}",
                            "4-5 v3 of 1 bob " + PRECISE,
                            "5-6 v3 carol deleted",
                            "6-now v4 alice {}");
            assertThat(versions(store, "billing")).containsExactly("2-now v1 alice {}");
            assertThat(present(store)).containsExactly("billing 2 v1 false", "orders 6 v4 false");
        }
    }

    @Test
    void configurationFacts_areAuditedWithSummary() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.CONFIGURATIONS,
                    stored("orders", 1, "{}"),
                    stored("orders", 2, "{\"a\":2}"),
                    new ConfigurationRolledBack("orders", 3, 1, "{}", T0, by("bob")),
                    new ConfigurationSchemaDeclared("orders", 1, "{}", T0, by("alice")),
                    new ConfigurationSchemaDropped("orders", 2, T0, by("alice")),
                    new ConfigurationDeleted("orders", 3, T0, by("carol")));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(store.texts("SELECT concat_ws(' | ', position, type, service, summary, actor, role,"
                            + " source_address, protocol, request_id, reason) FROM models.audit ORDER BY position"))
                    .startsWith(
                            "1 | ConfigurationStored | orders | the configuration of orders was created by alice, version 1"
                                    + " | alice | admin | 10.9.9.9 | rest | req-1 | deploy")
                    .extracting(line -> line.split(" \\| ", -1)[3])
                    .containsExactly(
                            "the configuration of orders was created by alice, version 1",
                            "the configuration of orders was changed by alice, version 2",
                            "the configuration of orders was rolled back to version 1 by bob, as version 3",
                            "the configuration of orders got a schema by alice, revision 1",
                            "the configuration of orders was freed of its schema by alice",
                            "the configuration of orders was deleted by carol; its last version was 3");
        }
    }

    @Test
    void lastSchema_isStored() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.CONFIGURATIONS,
                    new ConfigurationSchemaDeclared("orders", 1, "{\"type\":\"object\"}", T0, by("alice")),
                    new ConfigurationSchemaDeclared("orders", 2, "{}", T0, by("bob")),
                    new ConfigurationSchemaDeclared("billing", 1, "{}", T0, by("bob")),
                    new ConfigurationSchemaDropped("billing", 2, T0, by("carol")));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(store.texts("SELECT concat_ws(' ', service, position, revision, actor, coalesce(schema, 'none'))"
                            + " FROM models.configuration_schemas ORDER BY service"))
                    .containsExactly("billing 4 2 carol none", "orders 2 2 bob {}");
            assertThat(present(store)).isEmpty();
        }
    }

    @Test
    void refoldedFacts_yieldSameRows() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(3, registered("a", 0));
            for (int i = 1; i <= 30; i++) {
                store.append(
                        ShardPartitioner.CONFIGURATIONS,
                        stored("orders", i, "{\"a\":" + i + "}"),
                        stored("s" + i, 1, "{}"));
            }
            store.append(
                    ShardPartitioner.CONFIGURATIONS,
                    new ConfigurationDeleted("orders", 30, T0, by("carol")),
                    new ConfigurationSchemaDeclared("s1", 1, "{}", T0, by("alice")),
                    new ConfigurationSchemaDropped("s1", 2, T0, by("alice")));
            // Batches of another size, so that the second run has other boundaries.
            store.foldAll(
                    new ProjectionSettings(2, 7, 4, Duration.ofMillis(20), Duration.ofSeconds(1)),
                    ProjectionRuntime.folds());
            var once = store.rows();

            store.resetTokens();
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            assertThat(store.rows()).isEqualTo(once);

            store.forgetModels();
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            assertThat(store.rows()).isEqualTo(once);
            assertThat(versions(store, "orders")).hasSize(31);
        }
    }

    @Test
    void versionWithoutPredecessor_isParkedAlone() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.CONFIGURATIONS,
                    stored("orders", 1, "{}"),
                    stored("orders", 3, "{\"a\":3}"),
                    stored("billing", 1, "{}"));
            try (var running = store.run()) {
                running.awaitHead();
                store.awaitTrue(() -> running.status("configurations").parked() == 1);
            }
            assertThat(present(store)).containsExactly("billing 3 v1 false", "orders 1 v1 false");
            assertThat(store.texts("SELECT instance_id FROM models.parked_facts"))
                    .containsExactly("configuration/orders");
        }
    }

    @Test
    void largeBatch_storesAllVersions() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.CONFIGURATIONS,
                    IntStream.rangeClosed(1, 400)
                            .mapToObj(i -> stored("orders", i, "{\"a\":" + i + "}"))
                            .toArray());
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(store.texts("SELECT count(*) || ' ' || count(to_position) || ' ' || max(version)"
                            + " FROM models.configuration_versions"))
                    .containsExactly("400 399 400");
        }
    }

    private static ConfigurationStored stored(String service, int version, String content) {
        return new ConfigurationStored(service, version, content, T0, by("alice"));
    }

    private static List<String> versions(ReadModelStoreFixture store, String service) {
        return store.texts("SELECT from_position || '-' || coalesce(to_position::text, 'now') || ' v' || version"
                + " || coalesce(' of ' || restored, '') || ' ' || actor || ' ' || coalesce(content, 'deleted')"
                + " FROM models.configuration_versions WHERE service = '" + service + "' ORDER BY from_position");
    }

    private static List<String> present(ReadModelStoreFixture store) {
        return store.texts(
                "SELECT concat_ws(' ', service, position, 'v' || version, deleted::text) FROM models.configurations ORDER BY service");
    }
}
