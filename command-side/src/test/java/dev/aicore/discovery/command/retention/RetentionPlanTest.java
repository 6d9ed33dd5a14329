package dev.aicore.discovery.command.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.RetentionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Tests plans for partitions of ten positions and 400 KB each, three of which exceed the maximum size. */
class RetentionPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant OLD = NOW.minus(Duration.ofDays(7));
    private static final Instant YOUNG = OLD.plusMillis(1);
    private static final RetentionSettings SETTINGS =
            new RetentionSettings(Duration.ofDays(7), DataSize.ofMegabytes(1), null, Duration.ofHours(1));

    private final Map<Integer, Long> snapshots = new HashMap<>(Map.of(0, 29L, 1, 29L));
    private final Map<Integer, Long> checkpoints = new HashMap<>(Map.of(0, 30L, 1, 30L));
    private final Map<String, Long> projections = new HashMap<>(Map.of("last_seen", 35L, "instances", 35L));

    @Test
    void oldUnneededPartition_isDropped() {
        assertThat(plan(35, partition(0, OLD, Map.of(0, 4L, 1, 9L)), partition(1, YOUNG, Map.of(0, 19L))))
                .containsExactly("0 drop: older than 7d", "10 keep: younger than 7d");
    }

    @Test
    void partitions_beyondMaxSize_areDroppedOldestFirst() {
        assertThat(plan(
                        35,
                        partition(0, YOUNG, Map.of(0, 4L)),
                        partition(1, YOUNG, Map.of(0, 14L)),
                        partition(2, NOW, Map.of(0, 24L)),
                        partition(3, NOW, Map.of(0, 34L))))
                .containsExactly(
                        "0 drop: oldest partition; the total exceeds 1MB",
                        "10 drop: oldest partition; the total exceeds 1MB",
                        "20 keep: younger than 7d",
                        "30 keep: not full: the store is at position 35");
    }

    @Test
    void partialPartition_isRetained() {
        assertThat(plan(9, partition(0, OLD, Map.of(0, 4L))))
                .containsExactly("0 keep: not full: the store is at position 9");
        assertThat(plan(10, partition(0, OLD, Map.of()))).containsExactly("0 drop: older than 7d");
    }

    @Test
    void partition_withLaggingProjection_isRetained() {
        projections.put("last_seen", 8L);
        assertThat(plan(35, partition(0, OLD, Map.of(0, 4L)), partition(1, OLD, Map.of(0, 14L))))
                .containsExactly("0 keep: projection last_seen is at 8", "10 keep: an older one is kept");

        projections.put("last_seen", 9L);
        assertThat(plan(35, partition(0, OLD, Map.of(0, 4L)), partition(1, OLD, Map.of(0, 14L))))
                .containsExactly("0 drop: older than 7d", "10 keep: projection last_seen is at 9");
    }

    @Test
    void partition_withoutLaterSnapshot_isRetained() {
        snapshots.put(1, 3L);
        assertThat(plan(35, partition(0, OLD, Map.of(0, 9L, 1, 4L))))
                .containsExactly("0 keep: shard-1 has no later snapshot");

        snapshots.put(1, 4L);
        assertThat(plan(35, partition(0, OLD, Map.of(0, 9L, 1, 4L)))).containsExactly("0 drop: older than 7d");
    }

    @Test
    void partition_withoutLaterCheckpoint_isRetained() {
        checkpoints.put(1, 9L);
        assertThat(plan(35, partition(0, OLD, Map.of(0, 9L, 1, 4L))))
                .containsExactly("0 keep: shard-1 has no later checkpoint");

        checkpoints.put(1, 10L);
        assertThat(plan(35, partition(0, OLD, Map.of(0, 9L, 1, 4L)))).containsExactly("0 drop: older than 7d");
    }

    @Test
    void shardWithoutObservations_doesNotRetainPartition() {
        snapshots.remove(1);
        checkpoints.remove(1);

        assertThat(plan(35, partition(0, OLD, Map.of(0, 9L)))).containsExactly("0 drop: older than 7d");
    }

    @Test
    void plan_requestsSnapshotsAndCheckpointsForAllOldPartitions() {
        snapshots.clear();
        checkpoints.clear();
        var usage = look(35, partition(0, OLD, Map.of(0, 4L)), partition(1, OLD, Map.of(1, 14L)));
        var plan = RetentionPlan.of(usage, SETTINGS);

        assertThat(plan.drops()).isEmpty();
        assertThat(plan.verdicts().getFirst().reason())
                .isEqualTo("shard-0 has no later snapshot; shard-0 has no later checkpoint");
        assertThat(plan.checkpoints()).containsExactly(0, 1);
        assertThat(plan.snapshots()).containsExactly(0, 1);
    }

    @Test
    void plan_forYoungPartition_requestsNothing() {
        snapshots.clear();
        checkpoints.clear();
        var plan = RetentionPlan.of(look(35, partition(0, YOUNG, Map.of(0, 4L))), SETTINGS);

        assertThat(plan.checkpoints()).isEmpty();
        assertThat(plan.snapshots()).isEmpty();
    }

    @Test
    void reasons_beyondLimit_areAbridged() {
        snapshots.clear();
        checkpoints.clear();
        assertThat(plan(35, partition(0, OLD, Map.of(0, 1L, 1, 2L, 2, 3L))))
                .containsExactly("0 keep: shard-0 has no later snapshot; shard-1 has no later snapshot;"
                        + " shard-2 has no later snapshot; shard-0 has no later checkpoint; and 2 more");
    }

    @Test
    void emptyPartition_doesNotRetainNextPartition() {
        var empty = new ObservationPartition("observations_0_10", 0, 10, 1, null, null, Map.of());
        assertThat(plan(35, empty, partition(1, OLD, Map.of(0, 14L))))
                .containsExactly("0 drop: empty", "10 drop: older than 7d");
    }

    private List<String> plan(long head, ObservationPartition... partitions) {
        return RetentionPlan.of(look(head, partitions), SETTINGS).verdicts().stream()
                .map(dropDecision -> dropDecision.partition().from()
                        + (dropDecision.drop() ? " drop: " : " keep: ")
                        + dropDecision.reason())
                .toList();
    }

    private StoreUsage look(long head, ObservationPartition... partitions) {
        var all = List.of(partitions);
        long bytes = all.stream().mapToLong(ObservationPartition::bytes).sum();
        return new StoreUsage(all, all.size(), bytes, snapshots, checkpoints, projections, head, 0, NOW);
    }

    private static ObservationPartition partition(int number, Instant last, Map<Integer, Long> lastOf) {
        long from = number * 10L;
        return new ObservationPartition("observations_" + from, from, from + 10, 400_000, last, last, lastOf);
    }
}
