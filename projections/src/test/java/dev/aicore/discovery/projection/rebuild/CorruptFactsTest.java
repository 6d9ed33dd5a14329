package dev.aicore.discovery.projection.rebuild;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.expired;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.processing.DeadLetter;
import dev.aicore.discovery.projection.processing.DeadLetterRetryService;
import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrupts rows of facts: they become dead letters of their instance, and other instances don't wait. */
@Tag("integration")
class CorruptFactsTest {

    private static final Set<String> ALL = Set.of("instances", "audit", "configurations");

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload = substring(payload for 20)",
                "payload = '\\xdeadbeef'",
                "payload = set_bit(payload, 1000, 1 - get_bit(payload, 1000))",
                "payload = ''",
                "payload = 'null'",
                "type = 'LeasesGraced'",
                "type = 'Unheard'",
                "revision = 99",
            })
    void unreadableFact_parksOwnInstanceOnly(String damage) {
        try (var store = storeWithFacts()) {
            POSTGRES.execute("UPDATE store.facts SET " + damage + " WHERE position = 4");
            try (var running = store.run()) {
                running.awaitHead();

                assertThat(
                                store.texts(
                                        "SELECT concat_ws(' ', id, declaration_version, lease) FROM models.instances ORDER BY id"))
                        .containsExactly("bad 1 live", "good 2 expired");
                assertThat(store.texts("SELECT count(*)::text FROM models.audit"))
                        .containsExactly("5");
                assertThat(running.projectionRuntime.status())
                        .allSatisfy(status -> assertThat(status.state()).isEqualTo(ProjectionStatus.State.LIVE));
                assertThat(running.projectionRuntime.deadLetterQueue().list(0, 10))
                        .extracting(DeadLetter::position, DeadLetter::sequence)
                        .containsExactly(tuple(4L, "bad"), tuple(6L, "bad"));
                assertThat(running.projectionRuntime
                                .deadLetterQueue()
                                .list(0, 1)
                                .getFirst()
                                .projections())
                        .extracting(DeadLetter.Parking::name)
                        .containsExactly("audit", "instances");
                assertThat(running.projectionRuntime
                                .deadLetterQueue()
                                .list(0, 1)
                                .getFirst()
                                .projections())
                        .allSatisfy(parked -> assertThat(parked.error()).contains("unreadable_event", "position 4"));
            }
        }
    }

    @Test
    void repairedFact_isFoldedWithParkedSuccessors() {
        try (var store = storeWithFacts()) {
            POSTGRES.execute(
                    "CREATE TABLE store.kept AS SELECT * FROM store.facts WHERE position = 4",
                    "UPDATE store.facts SET payload = '' WHERE position = 4");
            try (var running = store.run()) {
                running.awaitHead();
                assertThat(running.projectionRuntime.deadLetterQueue().retry(4))
                        .containsEntry("instances", new DeadLetterRetryService.RetryResult(0, 2));

                POSTGRES.execute(
                        "UPDATE store.facts f SET payload = k.payload FROM store.kept k WHERE f.position = k.position");
                running.projectionRuntime.deadLetterQueue().retry(4);

                assertThat(running.status("instances").parked()).isZero();
                assertThat(running.status("audit").parked()).isZero();
                var mended = store.rows();
                store.forgetModels();
                try (var anew = store.run()) {
                    anew.awaitHead();
                    assertThat(store.rows()).isEqualTo(mended);
                }
            }
        }
    }

    @Test
    void rebuildAndVerification_withUnreadableFact_complete() {
        try (var store = storeWithFacts();
                var running = store.run()) {
            running.awaitHead();
            POSTGRES.execute("UPDATE store.facts SET payload = substring(payload for 9) WHERE position = 4");
            var rebuildService = newRebuildService(store, running);

            var verified = runToEnd(rebuildService, RebuildTask.VERIFY);
            assertThat(verified.failure()).isNull();
            assertThat(verified.checks().stream()
                            .filter(comparisonResult -> comparisonResult.table().equals("instances"))
                            .findFirst()
                            .orElseThrow()
                            .different())
                    .containsExactly("bad");
            assertThat(running.status("instances").parked())
                    .as("a verification changes nothing")
                    .isZero();

            assertThat(runToEnd(rebuildService, RebuildTask.REBUILD).failure()).isNull();
            assertThat(running.status("instances").parked()).isEqualTo(2);
            assertThat(store.texts(
                            "SELECT concat_ws(' ', id, declaration_version, lease) FROM models.instances ORDER BY id"))
                    .containsExactly("bad 1 live", "good 2 expired");
            store.append(1, registered("later", 2));
            running.awaitHead();
            assertThat(store.texts("SELECT id FROM models.instances WHERE id = 'later'"))
                    .hasSize(1);
        }
    }

    @Test
    void projection_aheadOfStore_failsUntilRebuild() {
        try (var store = storeWithFacts()) {
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            POSTGRES.execute(
                    "UPDATE store.tokens SET token = convert_to('{\"globalIndex\":900}', 'UTF8')",
                    "UPDATE models.watermarks SET position = 900");
            try (var running = store.run()) {
                store.awaitTrue(() -> running.status("instances").state() == ProjectionStatus.State.FAILED);
                assertThat(running.status("instances").reason()).isEqualTo("ahead_of_store");
                assertThat(running.status("instances").detail()).contains("ahead of the store");
                long later = store.append(1, registered("later", 2));
                assertThat(running.projectionRuntime.watermarks().position("instances"))
                        .isLessThan(later);

                assertThat(runToEnd(newRebuildService(store, running), RebuildTask.REBUILD)
                                .failure())
                        .isNull();
                // The processor tries again by itself, so it may already fold the facts.
                assertThat(POSTGRES.number(
                                "SELECT max(position) FROM models.watermarks WHERE projection <> 'last_seen'"))
                        .isLessThanOrEqualTo(later);
            }
            try (var running = store.run()) {
                store.append(1, registered("last", 3));
                running.awaitHead();
                assertThat(store.texts("SELECT id FROM models.instances ORDER BY id"))
                        .containsExactly("bad", "good", "last", "later");
                assertThat(running.projectionRuntime.status())
                        .allSatisfy(status -> assertThat(status.state()).isEqualTo(ProjectionStatus.State.LIVE));
            }
        }
    }

    /** Creates a store whose facts at 4 and 6 are of the instance {@code bad}. */
    private static ReadModelStoreFixture storeWithFacts() {
        var store = new ReadModelStoreFixture(POSTGRES);
        store.append(1, registered("bad", 0), registered("good", 1), updated("good", 2), updated("bad", 2));
        store.append(1, expired("good"), updated("bad", 3), new LeasesExtended("shard-1", T0, "pause", "Stood still."));
        return store;
    }

    private static RebuildService newRebuildService(ReadModelStoreFixture store, Running running) {
        return new RebuildService(
                store.access,
                running.projectionRuntime.models(),
                running.projectionRuntime.watermarks(),
                running.projectionRuntime::hasFailed,
                100,
                new ManualTimeSource(Instant.EPOCH));
    }

    private static RebuildRun runToEnd(RebuildService rebuildService, RebuildTask rebuildTask) {
        rebuildService.start(rebuildTask, ALL);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> rebuildService.latest().orElseThrow().endedAt() != null);
        return rebuildService.latest().orElseThrow();
    }
}
