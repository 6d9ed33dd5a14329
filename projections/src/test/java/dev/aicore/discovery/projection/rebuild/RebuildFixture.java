package dev.aicore.discovery.projection.rebuild;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import dev.aicore.discovery.projection.testing.RandomFactGenerator;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random facts in a real PostgreSQL, whose read models are rebuilt while projections run. */
abstract class RebuildFixture {

    static final Set<String> ALL = Set.of("instances", "audit", "configurations");

    /** Number of facts of instances per configuration. */
    private static final int CONFIGURED_ONCE_IN = 10;

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    final RandomFactGenerator randomFactGenerator = new RandomFactGenerator(7);
    private int told;

    void appendRandomFacts(ReadModelStoreFixture store, int facts) {
        var ids = IntStream.range(0, 20).mapToObj(i -> "i-" + i).toList();
        for (var fact : randomFactGenerator.next(facts, ids)) {
            store.append(3, fact);
            if (++told % CONFIGURED_ONCE_IN == 0) {
                configure(store, told / CONFIGURED_ONCE_IN);
            }
        }
    }

    /** Stores a configuration of one service and a key, and deletes those of others. */
    private static void configure(ReadModelStoreFixture store, int version) {
        var content = "{\"a\":" + version + "}";
        store.append(
                ShardPartitioner.CONFIGURATIONS,
                new ConfigurationStored("orders", version, content, T0, by("alice")),
                new ConfigurationSchemaDeclared("orders", version, "{}", T0, by("alice")),
                new ConfigurationStored("billing", version, content, T0, by("bob")),
                new ConfigurationDeleted("billing", version, T0, by("bob")));
        store.append(
                ShardPartitioner.KEY_VALUES,
                new KeyValueStored("a", 2 * version - 1, version == 1 ? 0 : 2 * version - 3, 0, "eA==", T0, by("bob")),
                new KeyValueStored("b", 2 * version, 0, 0, "eA==", T0, by("bob")),
                new KeyValueDeleted("b", 2 * version, T0, by("bob")));
    }

    static RebuildService newRebuildService(ReadModelStoreFixture store, Running running, int batchSize) {
        return new RebuildService(
                store.access,
                running.projectionRuntime.models(),
                running.projectionRuntime.watermarks(),
                running.projectionRuntime::hasFailed,
                batchSize,
                new ManualTimeSource(Instant.EPOCH));
    }

    static RebuildRun runToEnd(RebuildService rebuildService, RebuildTask rebuildTask, Set<String> models) {
        rebuildService.start(rebuildTask, models);
        awaitEnd(rebuildService);
        var rebuildRun = rebuildService.latest().orElseThrow();
        assertThat(rebuildRun.failure()).isNull();
        return rebuildRun;
    }

    static void awaitEnd(RebuildService rebuildService) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> rebuildService.latest().orElseThrow().endedAt() != null);
    }

    static void assertAllTablesMatchStore(RebuildService rebuildService) {
        assertThat(runToEnd(rebuildService, RebuildTask.VERIFY, ALL).checks())
                .isNotEmpty()
                .allSatisfy(comparisonResult -> assertThat(comparisonResult.equal())
                        .as("%s", comparisonResult)
                        .isTrue());
    }

    static List<String> schemas(ReadModelStoreFixture store) {
        return store.texts("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'models\\_%' ORDER BY 1");
    }

    static BatchFold failingFor(String id, BatchFold good) {
        return (connection, facts) -> {
            if (facts.stream().anyMatch(fact -> fact.sequence().equals(id))) {
                throw new IllegalStateException("It can't be folded.");
            }
            good.fold(connection, facts);
        };
    }
}
