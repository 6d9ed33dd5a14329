package dev.aicore.discovery.projection;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.EventChecksum;
import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folds packed observations into the last observation of each instance. */
@Tag("integration")
class LastSeenTest {

    private static final String SEEN = "SELECT concat_ws(' ', shard, slot, extract(epoch FROM observed_at - '" + T0
            + "')::int, position) FROM models.last_seen ORDER BY shard, slot";

    private static final String TOLD = "SELECT concat_ws(' ', shard, slot, active_connections,"
            + " extract(epoch FROM connections_at - '" + T0
            + "')::int, connections_position) FROM models.last_seen ORDER BY shard, slot";

    private static final String ENDED =
            "SELECT concat_ws(' ', shard, slot, kind, first, second," + " extract(epoch FROM observed_at - '" + T0
                    + "')::int, position) FROM models.check_results ORDER BY shard, slot";

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @Test
    void lastRenewal_ofEachSlot_isStored() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(2, heartbeat(10, ObservationKind.RENEWED, 0, 7));
            store.append(2, heartbeat(20, ObservationKind.CHECK_PASSED_RENEWING, 7));
            store.append(2, heartbeat(30, ObservationKind.CHECK_FAILED, 7));
            store.append(3, heartbeat(15, ObservationKind.REPORTED_UNHEALTHY, 7));
            try (var running = store.run()) {
                awaitSeen(store, running);

                assertThat(store.texts(SEEN)).containsExactly("2 0 10 1", "2 7 20 2", "3 7 15 4");
            }
        }
    }

    @Test
    void projection_afterRestart_continuesWithoutOlderRenewals() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(2, heartbeat(20, ObservationKind.RENEWED, 7));
            try (var running = store.run()) {
                awaitSeen(store, running);
            }
            store.append(2, heartbeat(10, ObservationKind.RENEWED, 7));
            try (var running = store.run()) {
                awaitSeen(store, running);

                assertThat(store.texts(SEEN)).containsExactly("2 7 20 2");
            }
        }
    }

    @Test
    void checkpoint_providesLastRenewals() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            long renewedAt = T0.plusSeconds(5).toEpochMilli();
            store.append(
                    2,
                    ShardCheckpointed.of(new ShardCheckpointed.Contents(
                            1, 0, 1, List.of(new ShardCheckpointed.Entry(4, renewedAt, "a")))));
            try (var running = store.run()) {
                awaitSeen(store, running);

                assertThat(store.texts(SEEN)).containsExactly("2 4 5 1");
            }
        }
    }

    @Test
    void lastConnectionReport_ofEachSlot_isStored() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(
                    2,
                    connectionReport(10, 7, 5),
                    connectionReport(20, 7, 300),
                    heartbeat(30, ObservationKind.RENEWED, 7, 8));
            store.append(2, connectionReport(40, 9, 0));
            try (var running = store.run()) {
                awaitSeen(store, running);

                assertThat(store.texts(TOLD)).containsExactly("2 7 300 20 2", "2 8", "2 9 0 40 4");
                assertThat(store.texts(SEEN)).containsExactly("2 7 30 3", "2 8 30 3", "2 9 40 4");
            }
        }
    }

    @Test
    void connectionReport_afterPlainHeartbeatOrReplay_isUnchanged() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(2, connectionReport(10, 7, 5));
            try (var running = store.run()) {
                awaitSeen(store, running);
            }
            store.append(2, heartbeat(20, ObservationKind.RENEWED, 7));
            try (var running = store.run()) {
                awaitSeen(store, running);
            }
            assertThat(store.texts(TOLD)).containsExactly("2 7 5 10 1");
            POSTGRES.execute("UPDATE models.watermarks SET position = 0 WHERE projection = 'last_seen'");
            try (var running = store.run()) {
                awaitSeen(store, running);

                assertThat(store.texts(TOLD)).containsExactly("2 7 5 10 1");
                assertThat(store.texts(SEEN)).containsExactly("2 7 20 2");
            }
        }
    }

    @Test
    void lastCheckResult_ofEachSlot_isStored() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(2, checkResult(10, ObservationKind.CHECK_PASSED_RENEWING, 7, 3, 0));
            store.append(
                    2,
                    checkResult(20, ObservationKind.CHECK_FAILED, 7, 8065, 4),
                    heartbeat(30, ObservationKind.RENEWED, 7));
            store.append(3, heartbeat(40, ObservationKind.REPORTED_UNHEALTHY, 1));
            try (var running = store.run()) {
                awaitSeen(store, running);

                assertThat(store.texts(ENDED)).containsExactly("2 7 5 8065 4 20 2", "3 1 2 0 0 40 4");
                assertThat(store.texts(SEEN)).containsExactly("2 7 30 3", "3 1 40 4");
            }
            POSTGRES.execute("UPDATE models.watermarks SET position = 0 WHERE projection = 'last_seen'");
            try (var running = store.run()) {
                awaitSeen(store, running);

                assertThat(store.texts(ENDED)).containsExactly("2 7 5 8065 4 20 2", "3 1 2 0 0 40 4");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload = substring(payload for 3)",
                "payload = ''",
                "payload = set_bit(payload, 70, 1 - get_bit(payload, 70))",
                "type = 'ShardCheckpointed'",
                "revision = 9",
                "checksum = NULL, payload = substring(payload for 9)",
                "checksum = NULL, type = 'Unheard'",
            })
    void unreadableObservation_isSkipped(String damage) {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(2, heartbeat(10, ObservationKind.RENEWED, 7));
            store.append(2, heartbeat(20, ObservationKind.RENEWED, 8));
            POSTGRES.execute("UPDATE store.observations SET " + damage + " WHERE position = 1");
            try (var running = store.run()) {
                awaitSeen(store, running);
                assertThat(store.texts(SEEN)).containsExactly("2 8 20 2");
                assertThat(running.status("last_seen").state()).isEqualTo(ProjectionStatus.State.LIVE);
            }
        }
    }

    @Test
    void observation_ofNewerRevision_stopsProjection() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            var heard = heartbeat(10, ObservationKind.RENEWED, 7);
            store.append(2, heard);
            POSTGRES.execute("UPDATE store.observations SET revision = 9, checksum = "
                    + EventChecksum.of(2, 0, 9, "O", null, heard.bytes()));
            try (var running = store.run()) {
                store.awaitTrue(() -> running.status("last_seen").state() == ProjectionStatus.State.FAILED);

                assertThat(running.status("last_seen").reason()).isEqualTo("newer_event");
                assertThat(running.status("last_seen").position()).isZero();

                POSTGRES.execute("UPDATE store.observations SET revision = 1, checksum = NULL");
                awaitSeen(store, running);
                assertThat(store.texts(SEEN)).containsExactly("2 7 10 1");
            }
        }
    }

    @Test
    void watermarks_withHeartbeatsOnly_followHead() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(2, registered("a", 0));
            try (var running = store.run()) {
                running.awaitHead();
                long last = 0;
                for (int i = 0; i < 5; i++) {
                    last = store.append(2, heartbeat(i, ObservationKind.RENEWED, 0));
                }

                for (var projection : List.of("instances", "audit")) {
                    assertThat(running.projectionRuntime.watermarks().awaiting(projection, last))
                            .succeedsWithin(Duration.ofSeconds(30))
                            .isEqualTo(last);
                }
                long published = last;
                store.awaitTrue(() ->
                        POSTGRES.number("SELECT max(position) FROM models.watermarks WHERE projection = 'instances'")
                                == published);
                assertThat(POSTGRES.number("SELECT count(*) FROM models.watermarks w, store.head h"
                                + " WHERE w.projection = 'instances' AND w.at = h.recorded_at"))
                        .isEqualTo(1);
            }
        }
    }

    private static void awaitSeen(ReadModelStoreFixture store, ReadModelStoreFixture.Running running) {
        long head = store.head();
        store.awaitTrue(() -> running.projectionRuntime.watermarks().position("last_seen") >= head);
    }

    /** Creates a heartbeat with a report of connections. */
    private static ObservationsRecorded connectionReport(int second, int slot, int connections) {
        long at = T0.plusSeconds(second).toEpochMilli();
        var packer = new ObservationPacker(at);
        packer.add(slot, ObservationKind.CONNECTIONS_REPORTED, at, connections, 0);
        packer.add(slot, ObservationKind.RENEWED, at, 0, 0);
        return packer.toEvent();
    }

    private static ObservationsRecorded checkResult(int second, ObservationKind kind, int slot, int one, int other) {
        long at = T0.plusSeconds(second).toEpochMilli();
        var packer = new ObservationPacker(at);
        packer.add(slot, kind, at, one, other);
        return packer.toEvent();
    }

    private static ObservationsRecorded heartbeat(int second, ObservationKind kind, int... slots) {
        long at = T0.plusSeconds(second).toEpochMilli();
        var packer = new ObservationPacker(at);
        for (int slot : slots) {
            packer.add(slot, kind, at, 0, 0);
        }
        return packer.toEvent();
    }
}
