package dev.aicore.discovery.projection;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.testing.RandomFactGenerator;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random facts in a real PostgreSQL, and folds that a test can disturb. */
abstract class ProjectionRuntimeFixture {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    static void appendRandomFacts(ReadModelStoreFixture store, int facts) {
        var randomFactGenerator = new RandomFactGenerator(42);
        var ids = IntStream.range(0, 30).mapToObj(n -> "i-" + n).toList();
        for (int i = 0; i < facts; i += 20) {
            for (InstanceFact fact : randomFactGenerator.next(20, ids)) {
                store.append(Math.floorMod(fact.id().hashCode(), 16), fact);
            }
        }
    }

    static ProjectionSettings settings(int segments, int batchSize) {
        var base = ReadModelStoreFixture.SETTINGS;
        return new ProjectionSettings(segments, batchSize, segments, base.watermarkInterval(), base.lastSeenInterval());
    }

    interface Wrapping {
        BatchFold around(BatchFold fold);
    }

    static Map<String, BatchFold> wrapped(Wrapping wrapping) {
        var folds = new HashMap<String, BatchFold>();
        ProjectionRuntime.folds().forEach((name, fold) -> folds.put(name, wrapping.around(fold)));
        return folds;
    }
}
