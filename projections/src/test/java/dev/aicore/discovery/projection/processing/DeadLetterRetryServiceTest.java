package dev.aicore.discovery.projection.processing;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.deregistered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.removed;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.revived;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class DeadLetterRetryServiceTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @Test
    void deadLetters_areListedAndRetriedByPosition() {
        try (var store = storeWithPoisonFacts()) {
            try (var running = store.run()) {
                running.awaitHead();
                var deadLetters = running.projectionRuntime.deadLetterQueue();

                var page = deadLetters.list(0, 10);
                assertThat(page).extracting(DeadLetter::position).containsExactly(3L, 4L, 6L);
                assertThat(page.getFirst().type()).isEqualTo("InstanceUpdated");
                assertThat(page.getFirst().sequence()).isEqualTo("bad");
                assertThat(page.getFirst().projections())
                        .singleElement()
                        .satisfies(in -> assertThat(in.name() + in.attempts()).isEqualTo("instances1"));
                assertThat(page.get(1).projections())
                        .extracting(DeadLetter.Parking::error)
                        .containsExactly("waits for the fact at position 3");
                assertThat(deadLetters.list(3, 1))
                        .extracting(DeadLetter::position)
                        .containsExactly(4L);

                assertThat(deadLetters.retry(4))
                        .isEqualTo(Map.of("instances", new DeadLetterRetryService.RetryResult(0, 2)));
                repair();
                assertThat(deadLetters.retry(4))
                        .isEqualTo(Map.of("instances", new DeadLetterRetryService.RetryResult(2, 0)));
                assertThat(deadLetters.retry(4)).isEmpty();
                assertThat(deadLetters.list(0, 10))
                        .extracting(DeadLetter::position)
                        .containsExactly(6L);
            }
        }
    }

    @Test
    void droppedDeadLetter_isAuditedAndUnblocksSequence() {
        try (var store = storeWithPoisonFacts()) {
            try (var running = store.run()) {
                running.awaitHead();
                store.append(
                        2,
                        new DeadLetterDropped(
                                3, "InstanceUpdated", "bad", List.of("instances"), "poison", T0, by("carol")));
                running.awaitHead();
                var deadLetters = running.projectionRuntime.deadLetterQueue();
                assertThat(deadLetters.list(0, 10))
                        .extracting(DeadLetter::position)
                        .containsExactly(4L, 6L);

                assertThat(deadLetters.retry(4))
                        .isEqualTo(Map.of("instances", new DeadLetterRetryService.RetryResult(1, 0)));
            }
            assertThat(store.texts("SELECT concat_ws(' ', id, declaration_version, position) FROM models.instances"
                            + " WHERE id = 'bad'"))
                    .containsExactly("bad 3 4");
            assertThat(store.texts("SELECT concat_ws(' | ', position, actor, reason, cause, summary) FROM models.audit"
                            + " WHERE type = 'DeadLetterDropped'"))
                    .containsExactly("7 | carol | deploy | poison | the fact at position 3 (InstanceUpdated of bad) was"
                            + " dropped from instances by carol");
        }
    }

    /**
     * Verifies that a dropped removal removes its instance: without a further removal its row would be discovered
     * permanently.
     */
    @Test
    void droppedRemoval_removesInstance() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("gone", 0), registered("left", 1), registered("back", 2));
            store.append(1, removed("gone"), deregistered("left"), removed("back"), revived("back", 2, 2));
            POSTGRES.execute("UPDATE store.facts SET payload = '' WHERE position IN (4, 5, 6)");
            store.append(
                    2,
                    dropped(4, "InstanceRemoved", "gone"),
                    dropped(5, "InstanceDeregistered", "left"),
                    dropped(6, "InstanceRemoved", "back"));
            try (var running = store.run()) {
                running.awaitHead();
                assertThat(running.projectionRuntime.deadLetterQueue().retry(7))
                        .containsEntry("instances", new DeadLetterRetryService.RetryResult(1, 0));
            }
            assertThat(store.texts("SELECT concat_ws(' ', id, position) FROM models.instances"))
                    .containsExactly("back 7");
            assertThat(store.texts(
                            "SELECT concat_ws(' ', id, from_position, to_position, gone) FROM models.instance_versions"
                                    + " ORDER BY id, from_position"))
                    .containsExactly(
                            "back 3 6",
                            "back 6 7 removed",
                            "back 7",
                            "gone 1 4",
                            "gone 4 removed",
                            "left 2 5",
                            "left 5 deregistered");
        }
    }

    private static DeadLetterDropped dropped(long position, String type, String id) {
        return new DeadLetterDropped(position, type, id, List.of("audit", "instances"), "poison", T0, by("carol"));
    }

    @Test
    void refoldedDrop_dropsNoOtherDeadLetters() {
        try (var store = storeWithPoisonFacts()) {
            store.append(
                    2,
                    new DeadLetterDropped(
                            3, "InstanceUpdated", "bad", List.of("instances"), "poison", T0, by("carol")));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            var once = store.rows();
            POSTGRES.execute("DELETE FROM store.tokens WHERE processor_name = 'audit'");
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(store.rows()).isEqualTo(once);
            assertThat(store.texts("SELECT position::text FROM models.parked_facts WHERE instance_id = 'worse'"))
                    .containsExactly("6");
        }
    }

    /** Creates a store whose facts 3 and 6 can't be folded into {@code instances}; 4 waits for 3. */
    private static ReadModelStoreFixture storeWithPoisonFacts() {
        var store = new ReadModelStoreFixture(POSTGRES);
        POSTGRES.execute("ALTER TABLE models.instance_versions ADD CONSTRAINT poison"
                + " CHECK (declaration #>> '{metadata,v}' <> 'poison')");
        store.append(1, registered("bad", 0), registered("worse", 1));
        store.append(1, updated("bad", 2, Map.of("v", "poison")), updated("bad", 3));
        store.append(1, registered("good", 2), updated("worse", 2, Map.of("v", "poison")));
        return store;
    }

    private static void repair() {
        POSTGRES.execute("ALTER TABLE models.instance_versions DROP CONSTRAINT poison");
        POSTGRES.execute("ALTER TABLE models.instance_versions ADD CONSTRAINT poison"
                + " CHECK (id <> 'worse' OR declaration #>> '{metadata,v}' <> 'poison')");
    }
}
