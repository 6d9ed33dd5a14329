package dev.aicore.discovery.projection.rebuild;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Restores the tables of read models from a backup, without the store that has their tokens. */
@Tag("integration")
@ExtendWith(OutputCaptureExtension.class)
class RestoredReadModelsTest {

    private static final String LACKING = "lack the fact at position ";

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @Test
    void restoredTables_areReportedAtStart(CapturedOutput output) {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("a", 0));
            fold(store);
            POSTGRES.execute(
                    "CREATE TABLE public.versions AS SELECT * FROM models.instance_versions",
                    "CREATE TABLE public.audited AS SELECT * FROM models.audit");
            store.append(1, updated("a", 2));
            fold(store);
            assertThat(output.getAll()).doesNotContain(LACKING);

            POSTGRES.execute(
                    "TRUNCATE models.instance_versions",
                    "INSERT INTO models.instance_versions SELECT * FROM public.versions");
            fold(store);
            assertThat(output.getAll())
                    .containsOnlyOnce("The tables of projection instances " + LACKING + "2")
                    .doesNotContain("projection audit " + LACKING);

            POSTGRES.execute("TRUNCATE models.audit", "INSERT INTO models.audit SELECT * FROM public.audited");
            fold(store);
            assertThat(output.getAll()).containsOnlyOnce("The tables of projection audit " + LACKING + "2");
        } finally {
            POSTGRES.execute("DROP TABLE IF EXISTS public.versions, public.audited");
        }
    }

    @Test
    void parkedOrDroppedFacts_areNotReportedAsMissing(CapturedOutput output) {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("a", 0), updated("a", 2));
            POSTGRES.execute("UPDATE store.facts SET payload = '' WHERE position = 2");
            fold(store);
            assertThat(store.texts("SELECT DISTINCT position::text FROM models.parked_facts"))
                    .containsExactly("2");
            fold(store);
            store.append(
                    2,
                    new DeadLetterDropped(
                            2, "InstanceUpdated", "a", List.of("audit", "instances"), "poison", T0, by("carol")));
            fold(store);
            assertThat(store.texts("SELECT position::text FROM models.parked_facts"))
                    .isEmpty();

            fold(store);
            assertThat(output.getAll()).doesNotContain(LACKING);
        }
    }

    private static void fold(ReadModelStoreFixture store) {
        try (var running = store.run()) {
            running.awaitHead();
        }
    }
}
