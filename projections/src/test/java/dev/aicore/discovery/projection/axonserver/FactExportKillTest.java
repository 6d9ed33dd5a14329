package dev.aicore.discovery.projection.axonserver;

import static dev.aicore.discovery.projection.axonserver.FactExportFixture.exported;
import static dev.aicore.discovery.projection.axonserver.FactExportFixture.stored;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Kills the exporting process and Axon Server in turn while facts are exported: each fact is exported once, in the
 * order of its instance. The long form has 100,000 facts and 20 kills.
 */
@Tag("integration")
@Tag("faults")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class FactExportKillTest {

    private static final boolean IS_LONG = Boolean.getBoolean("faults.long");
    private static final int FACTS = IS_LONG ? 100_000 : 6_000;
    private static final int KILLS = IS_LONG ? 20 : 4;
    private static final int INSTANCES = 500;
    private static final int UNIT = 250;

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private final Random random = new Random(7);
    private int version;

    @Test
    void killsOfEitherSide_loseAndRepeatNoFact() throws IOException, InterruptedException {
        try (var store = new ReadModelStoreFixture(POSTGRES);
                var server = new AxonServerDouble("")) {
            var exporter = start(server);
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    int before = server.size();
                    append(store, FACTS / KILLS);
                    int until = before + 1 + random.nextInt(FACTS / KILLS - UNIT);
                    await(() -> server.size() >= until);
                    if (kill % 2 == 0) {
                        exporter.destroyForcibly().waitFor();
                        exporter = start(server);
                    } else {
                        server.kill();
                        server.start();
                    }
                }
                await(() -> server.size() >= FACTS);
                awaitToken(store);
            } finally {
                exporter.destroyForcibly().waitFor();
            }

            assertThat(server.events()).hasSize(FACTS);
            assertThat(exported(server.events())).isEqualTo(stored(POSTGRES));
        }
    }

    private static Process start(AxonServerDouble server) throws IOException {
        return ExportProcess.start(POSTGRES.url(), POSTGRES.user(), POSTGRES.password(), server.address());
    }

    /** Waits until the position of the export is the last fact, so that nothing is appended any more. */
    private static void awaitToken(ReadModelStoreFixture store) {
        await(() -> store.texts("SELECT convert_from(token, 'UTF8') FROM store.tokens")
                .getFirst()
                .contains(":" + store.head() + "}"));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    private void append(ReadModelStoreFixture store, int facts) {
        for (int done = 0; done < facts; done += UNIT) {
            var unit = new ArrayList<Object>();
            for (int i = 0; i < UNIT; i++) {
                version++;
                int instance = version % INSTANCES;
                var id = "i-" + instance;
                unit.add(version <= INSTANCES ? registered(id, instance) : updated(id, version));
            }
            store.append(version % 16, unit.toArray());
        }
    }
}
