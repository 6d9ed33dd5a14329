package dev.aicore.discovery.command.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests which partitions of a real store are dropped and which are retained. */
@Tag("integration")
class RetentionServiceTest extends RetentionServiceFixture {

    private static final String PARTITIONS =
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'store.observations'::regclass";

    @Test
    void unneededPartitions_areDroppedAndFactsRetained() {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 20);
            store.recordHeartbeats(1, 8);
            readyToDrop(store);
            long facts = POSTGRES.number("SELECT count(*) FROM store.facts");
            long partitions = POSTGRES.number(PARTITIONS);
            var plannedRetention = retention(null).plan();

            var retentionResult = retention(null).run();

            assertThat(retentionResult.failure()).isNull();
            assertThat(retentionResult.asked()).isEmpty();
            assertThat(retentionResult.dropped())
                    .extracting(gone -> gone.partition().from() + " " + gone.rows())
                    .containsExactly("0 7", "10 10", "20 10");
            assertThat(plannedRetention.plan().drops()).hasSize(3);
            assertThat(plannedRetention.look().floor()).isZero();
            assertThat(retentionResult.left().look().floor()).isEqualTo(30);
            assertThat(POSTGRES.number("SELECT min(position) FROM store.observations"))
                    .isEqualTo(30);
            assertThat(POSTGRES.number(PARTITIONS)).isEqualTo(partitions - 3);
            assertThat(POSTGRES.number("SELECT count(*) FROM store.facts")).isEqualTo(facts);
            assertThat(POSTGRES.texts("SELECT concat_ws(' ', from_position, to_position, rows, archive,"
                            + " recorded_from <= recorded_to) FROM store.compactions ORDER BY to_position"))
                    .containsExactly("0 10 7 t", "10 20 10 t", "20 30 10 t");
            assertThat(meters.get("service_discovery.observations.dropped")
                            .counter()
                            .count())
                    .isEqualTo(27);
            assertThat(meters.get("service_discovery.observations.partitions")
                            .gauge()
                            .value())
                    .isEqualTo((double) (partitions - 3));
            store.recordHeartbeats(0, 1);
            assertThat(retention(null).run().dropped()).isEmpty();
        }
    }

    @Test
    void plan_ifStatementFails_namesDatabaseErrorWithoutStatement() {
        POSTGRES.execute("DROP SCHEMA IF EXISTS store CASCADE");

        assertThatThrownBy(() -> retention(null).plan())
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageStartingWith("Failed to read the usage of the event store: ERROR: relation \"store.head\"")
                .hasMessageNotContaining("SELECT");
    }

    /** The age is measured by the database's clock, which stamped the observations, and not by this machine's clock. */
    @Test
    void partition_youngByDatabaseClock_isRetained() {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 28);
            snapshot(store);
            var plannedRetention = retention(null).plan();

            assertThat(plannedRetention.plan().drops()).isEmpty();
            assertThat(POSTGRES.number("SELECT count(*) FROM store.head WHERE '"
                            + plannedRetention.look().at() + "' BETWEEN recorded_at AND clock_timestamp()"))
                    .isOne();
            store.age();
            assertThat(retention(null).plan().plan().drops()).hasSize(3);
        }
    }

    @Test
    void run_withQuietShards_requestsCheckpointsAndNextRunDrops() {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 4);
            store.recordHeartbeats(1, 20);
            store.watermark("last_seen", store.head());
            store.age();

            var first = retention(null, store).run();

            assertThat(first.dropped()).isEmpty();
            assertThat(first.asked())
                    .containsExactly(
                            "checkpoint of shard-0",
                            "checkpoint of shard-1",
                            "snapshot of shard-0",
                            "snapshot of shard-1");
            assertThat(asked).isEqualTo(List.of("shard-0", "shard-1"));
            assertThat(retention(null, store).run().dropped()).hasSize(2);
        }
    }

    @Test
    void run_withDamagedCheckpoint_requestsNewCheckpoint() {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 20);
            store.recordHeartbeats(1, 8);
            readyToDrop(store);
            POSTGRES.execute(
                    "UPDATE store.observations SET payload = '\\x00' WHERE type = 'ShardCheckpointed' AND shard = 1");

            assertThat(retention(null, store).run().asked()).contains("checkpoint of shard-1");
        }
    }

    @Test
    void partition_withLaggingProjection_isRetained() {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 28);
            readyToDrop(store);
            store.watermark("last_seen", 18);

            assertThat(retention(null).run().dropped()).hasSize(1);

            POSTGRES.execute("DELETE FROM models.watermarks WHERE projection = 'last_seen'");
            var plannedRetention = retention(null).plan();
            assertThat(plannedRetention.plan().verdicts().getFirst().reason())
                    .isEqualTo("projection last_seen is at 0");
        }
    }

    @Test
    void partition_withUnreadableSnapshot_isRetained() {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 28);
            readyToDrop(store);
            POSTGRES.execute("UPDATE store.snapshots SET revision = 99");

            assertThat(retention(null).run().dropped()).isEmpty();
        }
    }

    @Test
    void partition_duringLongRead_isRetainedAndWritesContinue() throws Exception {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 28);
            readyToDrop(store);
            try (var reading = POSTGRES.pool().getConnection();
                    var statement = reading.createStatement()) {
                reading.setAutoCommit(false);
                statement.execute("SELECT count(*) FROM store.observations");

                var retentionResult = retention(null).run();

                assertThat(retentionResult.dropped()).isEmpty();
                assertThat(retentionResult.failure()).endsWith("is kept: the partition is being read.");
                assertThat(POSTGRES.number("SELECT count(*) FROM store.compactions"))
                        .isZero();
                store.recordHeartbeats(0, 1);
                reading.rollback();
                reading.setAutoCommit(true);
            }
            assertThat(retention(null).run().dropped()).hasSize(3);
        }
    }

    @Test
    void run_withoutStoreOwnership_dropsNothing() {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 28);
            readyToDrop(store);
            holdsTheStore = false;

            assertThatThrownBy(() -> retention(null).run()).isInstanceOf(RegistryException.class);

            assertThat(POSTGRES.number("SELECT count(*) FROM store.compactions"))
                    .isZero();
        }
    }
}
