package dev.aicore.discovery.projection;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.declared;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.expired;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.removed;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardOpened;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Folds facts of the store into tables, on a real PostgreSQL. */
@Tag("integration")
class ProjectionRuntimeTest extends ProjectionRuntimeFixture {

    @Test
    void facts_areFoldedIntoRows() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(3, new ShardOpened("shard-3", 16, T0), registered("a", 0), registered("b", 1));
            store.append(3, expired("a"), updated("b", 2), new LeasesExtended("shard-3", T0, "pause", "Stood still."));
            store.append(3, removed("a"));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(store.texts("SELECT concat_ws(' ', id, service, shard, slot, owner, declaration_version,"
                            + " declaration ->> 'port', declared, lease, health, breaker, slot_position, position)"
                            + " FROM models.instances"))
                    .containsExactly("b user-service 3 1 alice 2 9090 active live healthy closed 3 5");
            assertThat(store.texts(
                            "SELECT concat_ws(' ', id, from_position, coalesce(to_position::text, '-'), lease, gone)"
                                    + " FROM models.instance_versions ORDER BY from_position"))
                    .containsExactly(
                            "a 2 4 live", "b 3 5 live", "a 4 7 expired", "b 5 - live", "a 7 - expired removed");
            assertThat(store.texts("SELECT concat_ws(' ', position, type, instance_id, endpoint, actor)"
                            + " FROM models.audit ORDER BY position"))
                    .containsExactly(
                            "2 InstanceRegistered a 10.0.0.1:8080 alice",
                            "3 InstanceRegistered b 10.0.0.1:8080 alice",
                            "4 LeaseExpired a 10.0.0.1:8080 registry",
                            "5 InstanceUpdated b 10.0.0.1:9090 alice",
                            "6 LeasesGraced registry",
                            "7 InstanceRemoved a 10.0.0.1:8080 registry");
        }
    }

    @Test
    void maintenance_isStoredInVersionsAndAudit() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(3, registered("a", 0), declared("a", 2, AdminState.MAINTENANCE), expired("a"));
            store.append(3, declared("a", 3, AdminState.ACTIVE));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(store.texts("SELECT concat_ws(' ', from_position, declaration_version, declared, lease)"
                            + " FROM models.instance_versions ORDER BY from_position"))
                    .containsExactly(
                            "1 1 active live", "2 2 maintenance live", "3 2 maintenance expired", "4 3 active expired");
            assertThat(store.texts("SELECT concat_ws(' ', id, declared, lease) FROM models.instances"))
                    .containsExactly("a active expired");
            assertThat(store.texts("SELECT summary FROM models.audit WHERE type = 'InstanceUpdated' ORDER BY position"))
                    .containsExactly(
                            "user-service at 10.0.0.1:8080 was put into maintenance by carol",
                            "user-service at 10.0.0.1:8080 was made active by carol");
        }
    }

    @Test
    void refoldedFacts_yieldSameRows() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 400);
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            var once = store.rows();

            store.resetTokens();
            store.foldAll(
                    new ProjectionSettings(
                            1,
                            7,
                            2,
                            ReadModelStoreFixture.SETTINGS.watermarkInterval(),
                            ReadModelStoreFixture.SETTINGS.lastSeenInterval()),
                    ProjectionRuntime.folds());

            assertThat(store.rows()).isEqualTo(once);
        }
    }

    @Test
    void axonReplay_changesNeitherRowsNorWatermark() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 400);
            try (var running = store.run()) {
                running.awaitHead();
                var once = store.rows();

                running.replay();

                assertThat(store.rows()).isEqualTo(once);
                assertThat(running.projectionRuntime.watermarks().position("instances"))
                        .isEqualTo(store.head());
            }
        }
    }

    @Test
    void watermark_beforeEndOfInterval_isPublished() {
        var seldom = new ProjectionSettings(
                1, 500, 4, Duration.ofSeconds(10), ReadModelStoreFixture.SETTINGS.lastSeenInterval());
        try (var store = new ReadModelStoreFixture(POSTGRES);
                var running = store.run(seldom, ProjectionRuntime.folds())) {
            running.awaitHead();
            // If each publication waited for the interval, the second one would take a whole interval.
            for (var id : List.of("a", "b")) {
                long last = store.append(2, registered(id, 0));
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> POSTGRES.number(
                                        "SELECT coalesce(max(position), 0) FROM models.watermarks WHERE projection = 'instances'")
                                == last);
            }
        }
    }

    @Test
    void watermarks_arePublishedInOrderOfBatches() throws SQLException {
        try (var store = new ReadModelStoreFixture(POSTGRES);
                var running = store.run();
                var batch = POSTGRES.pool().getConnection()) {
            store.append(2, registered("a", 0));
            running.awaitHead();
            batch.setAutoCommit(false);
            lockWatermark(batch, "audit", "");

            // Moves the head without a fact to fold, so that all watermarks follow.
            store.append(2, observation());
            store.awaitTrue(() -> !store.texts("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND query LIKE '%models.watermarks%'")
                    .isEmpty());

            // A batch that waited here for the publication would deadlock with it.
            lockWatermark(batch, "configurations", "NOWAIT");
            lockWatermark(batch, "instances", "NOWAIT");
            batch.rollback();
        }
    }

    private static ObservationsRecorded observation() {
        var packer = new ObservationPacker(T0.toEpochMilli());
        packer.add(0, ObservationKind.RENEWED, T0.toEpochMilli(), 0, 0);
        return packer.toEvent();
    }

    private static void lockWatermark(Connection connection, String projection, String wait) throws SQLException {
        try (var select = connection.prepareStatement(
                "SELECT position FROM models.watermarks WHERE projection = ? FOR UPDATE " + wait)) {
            select.setString(1, projection);
            assertThat(select.executeQuery().next()).isTrue();
        }
    }

    @Test
    void eightSegments_atRandomSpeeds_yieldRowsOfOneSegment() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 600);
            store.foldAll(settings(1, 500), ProjectionRuntime.folds());
            var one = store.rows();

            store.forgetModels();
            store.foldAll(settings(8, 20), wrapped(fold -> (connection, facts) -> {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(40)));
                fold.fold(connection, facts);
            }));

            assertThat(store.rows()).isEqualTo(one);
            assertThat(POSTGRES.number("SELECT count(*) FROM store.tokens WHERE processor_name = 'read_models'"))
                    .isEqualTo(8);
        }
    }
}
