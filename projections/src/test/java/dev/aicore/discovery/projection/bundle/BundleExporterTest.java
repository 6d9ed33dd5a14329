package dev.aicore.discovery.projection.bundle;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.settings.DecisionSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class BundleExporterTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AsOfPoint NOW = new AsOfPoint.Ago(Duration.ZERO);

    @TempDir
    Path directory;

    @Test
    void longBundle_isExportedCompletelyInChunks() throws Exception {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("a", 0), registered("b", 1));
            store.append(
                    1,
                    IntStream.rangeClosed(2, 1_300)
                            .mapToObj(version -> updated("a", version))
                            .toArray());
            try (var running = store.run()) {
                running.awaitHead();
                var bundleExporter = exporter(store, running);
                var bundleExport = bundleExporter.open(new AtPosition(2), NOW, PATIENCE);
                var file = directory.resolve("bundle");
                int most = 0;
                for (var lines = bundleExporter.next(bundleExport);
                        !lines.isEmpty();
                        lines = bundleExporter.next(bundleExport)) {
                    most = Math.max(most, lines.size());
                    append(file, lines);
                }
                bundleExporter.close(bundleExport);

                assertThat(most).isLessThanOrEqualTo(501);
                var bundle = Bundle.open(file);
                assertThat(bundle.facts()).isEqualTo(1_300);
                assertThat(bundle.header().from().position()).isEqualTo(2);
                assertThat(bundle.header().to().position()).isEqualTo(1_301);
                assertThat(bundle.rows())
                        .as("rows of instances a and b and of their history")
                        .isEqualTo(4);
            }
        }
    }

    @Test
    void schemas_areExportedAsOfStart() throws Exception {
        var file = directory.resolve("bundle");
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.CONFIGURATIONS,
                    declared("billing", 1, "{}"),
                    declared("orders", 1, "{}"),
                    declared("orders", 2, "{\"const\":\"\\u0000\"}"),
                    new ConfigurationSchemaDropped("billing", 2, T0, by("carol")));
            store.append(1, registered("a", 0));
            store.append(ShardPartitioner.CONFIGURATIONS, declared("orders", 3, "{\"type\":\"object\"}"));
            try (var running = store.run()) {
                running.awaitHead();
                export(exporter(store, running), 5, file);
            }
        }
        try (var empty = new ReadModelStoreFixture(POSTGRES)) {
            BundleImport.load(empty.access.database(), Bundle.open(file));

            assertThat(schemas(empty))
                    .containsExactly("billing 4 2 carol none", "orders 3 2 alice {\"const\":\"\\u0000\"}");
            empty.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            assertThat(schemas(empty))
                    .containsExactly("billing 4 2 carol none", "orders 6 3 alice {\"type\":\"object\"}");
        }
    }

    @Test
    void keys_areExportedAsOfStart() throws Exception {
        var file = directory.resolve("bundle");
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    ShardPartitioner.KEY_VALUES,
                    new KeyValueStored("a", 1, 0, 7, "AP8=", T0, by("alice")),
                    new KeyValueStored("b", 2, 0, 0, "eA==", T0, by("alice")),
                    new KeyValueDeleted("b", 2, T0, by("alice")));
            store.append(1, registered("a", 0));
            store.append(ShardPartitioner.KEY_VALUES, new KeyValueStored("a", 3, 1, 0, "eQ==", T0, by("alice")));
            try (var running = store.run()) {
                running.awaitHead();
                export(exporter(store, running), 4, file);
            }
        }
        try (var empty = new ReadModelStoreFixture(POSTGRES)) {
            BundleImport.load(empty.access.database(), Bundle.open(file));

            assertThat(keys(empty)).containsExactly("a 1-now created 1 7 \\x00ff", "b 3-now created 3 0 gone");
            empty.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            assertThat(keys(empty))
                    .containsExactly(
                            "a 1-5 created 1 7 \\x00ff", "a 5-now created 1 0 \\x79", "b 3-now created 3 0 gone");
        }
    }

    @Test
    void unreadableFact_afterImport_isDeadLetter() throws Exception {
        var file = directory.resolve("bundle");
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("a", 0), registered("b", 1), registered("c", 2));
            try (var running = store.run()) {
                running.awaitHead();
                POSTGRES.execute("UPDATE store.facts SET payload = '\\xdeadbeef' WHERE position = 2");
                POSTGRES.execute(
                        "UPDATE store.facts SET type = 'Unheard', checksum = NULL, payload = substring(payload for 9)"
                                + " WHERE position = 3");
                export(exporter(store, running), 1, file);
            }
        }
        try (var empty = new ReadModelStoreFixture(POSTGRES)) {
            BundleImport.load(empty.access.database(), Bundle.open(file));
            empty.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(empty.texts("SELECT id FROM models.instances")).containsExactly("a");
            assertThat(empty.texts("SELECT DISTINCT position::text FROM models.parked_facts ORDER BY 1"))
                    .containsExactly("2", "3");
        }
    }

    /**
     * Verifies that tables can't be swapped during an export: rows of swapped tables would be younger than the
     * snapshot, which would look empty.
     */
    @Test
    void tableSwap_duringExport_isBlocked() throws Exception {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("a", 0));
            try (var running = store.run()) {
                running.awaitHead();
                var bundleExporter = exporter(store, running);
                var bundleExport = bundleExporter.open(new AtPosition(1), NOW, PATIENCE);
                for (var table : List.of("instance_versions", "configuration_versions", "key_values", "audit")) {
                    assertThatThrownBy(() -> POSTGRES.execute("DO $$ BEGIN LOCK TABLE models." + table
                                    + " IN ACCESS EXCLUSIVE MODE NOWAIT; END $$"))
                            .hasStackTraceContaining("could not obtain lock");
                }
                bundleExporter.close(bundleExport);
            }
        }
    }

    @Test
    void exports_beyondLimit_areRefusedUntilOneCloses() throws Exception {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("a", 0));
            try (var running = store.run()) {
                var bundleExporter = exporter(store, running);
                var first = bundleExporter.open(new AtPosition(1), NOW, PATIENCE);
                var second = bundleExporter.open(new AtPosition(1), NOW, PATIENCE);
                assertThat(bundleExporter.next(first)).isNotEmpty();
                assertThatThrownBy(() -> bundleExporter.open(new AtPosition(1), NOW, PATIENCE))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining("2 exports");
                bundleExporter.close(first);
                bundleExporter.close(bundleExporter.open(new AtPosition(1), NOW, PATIENCE));
                bundleExporter.close(second);

                assertThatThrownBy(() -> bundleExporter.open(new AtPosition(9), NOW, PATIENCE))
                        .isInstanceOf(RegistryException.class);
                assertThatThrownBy(() -> bundleExporter.open(new AtPosition(0), NOW, PATIENCE))
                        .isInstanceOf(RegistryException.class);
                bundleExporter.close(bundleExporter.open(new AtPosition(1), NOW, PATIENCE));
            }
        }
    }

    private static ConfigurationSchemaDeclared declared(String service, int revision, String schema) {
        return new ConfigurationSchemaDeclared(service, revision, schema, T0, by("alice"));
    }

    private static List<String> keys(ReadModelStoreFixture store) {
        return store.texts(
                "SELECT key || ' ' || from_position || '-' || coalesce(to_position::text, 'now') || ' created '"
                        + " || created_position || ' ' || flags || ' ' || coalesce(value::text, 'gone')"
                        + " FROM models.key_values ORDER BY key, from_position");
    }

    private static List<String> schemas(ReadModelStoreFixture store) {
        return store.texts("SELECT concat_ws(' ', service, position, revision, actor, coalesce(schema, 'none'))"
                + " FROM models.configuration_schemas ORDER BY service");
    }

    private static BundleExporter exporter(ReadModelStoreFixture store, ReadModelStoreFixture.Running running) {
        return new BundleExporter(
                store.access,
                running.projectionRuntime.models().keySet(),
                running.projectionRuntime.watermarks(),
                new SystemTimeSource(),
                DecisionSettings.of(Map.of()));
    }

    private static void export(BundleExporter bundleExporter, long from, Path file) throws Exception {
        var bundleExport = bundleExporter.open(new AtPosition(from), NOW, PATIENCE);
        for (var lines = bundleExporter.next(bundleExport);
                !lines.isEmpty();
                lines = bundleExporter.next(bundleExport)) {
            append(file, lines);
        }
        bundleExporter.close(bundleExport);
    }

    private static void append(Path file, List<byte[]> lines) throws IOException {
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (var line : lines) {
                out.write(line);
            }
        }
    }
}
