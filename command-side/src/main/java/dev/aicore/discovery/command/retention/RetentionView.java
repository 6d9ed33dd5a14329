package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.command.retention.RetentionService.PlannedRetention;
import dev.aicore.discovery.command.retention.RetentionService.RetentionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Response with the retained observations.
 *
 * @param floor position from which on no observation was dropped
 * @param count number of all partitions; {@code partitions} contains only the oldest ones
 * @param bytes size of all partitions
 * @param partitions partitions, oldest first
 * @param dropped partitions that this run dropped; null if no run was requested
 * @param asked descriptions of the requests to shards of this run; null if no run was requested
 * @param failure reason why this run ended early; null if it did not
 */
record RetentionView(
        long floor,
        int count,
        long bytes,
        List<RetainedPartitionView> partitions,
        @Nullable List<DroppedPartitionView> dropped,
        @Nullable List<String> asked,
        @Nullable String failure) {

    /**
     * Retained partition.
     *
     * @param ageSeconds time since its last observation was recorded; null if it is empty
     * @param verdict {@code keep} or {@code drop}
     */
    record RetainedPartitionView(
            long fromPosition,
            long toPosition,
            long bytes,
            @Nullable Instant recordedFrom,
            @Nullable Instant recordedTo,
            @Nullable Long ageSeconds,
            String verdict,
            String reason) {}

    /** Dropped partition. */
    record DroppedPartitionView(
            long fromPosition,
            long toPosition,
            long rows,
            long bytes,
            @Nullable String archive) {}

    static RetentionView of(PlannedRetention plannedRetention) {
        var usage = plannedRetention.look();
        return new RetentionView(
                usage.floor(), usage.count(), usage.bytes(), retained(plannedRetention), null, null, null);
    }

    static RetentionView of(RetentionResult retentionResult) {
        var usage = retentionResult.left().look();
        var dropped = retentionResult.dropped().stream()
                .map(gone -> new DroppedPartitionView(
                        gone.partition().from(),
                        gone.partition().to(),
                        gone.rows(),
                        gone.partition().bytes(),
                        gone.archive()))
                .toList();
        return new RetentionView(
                usage.floor(),
                usage.count(),
                usage.bytes(),
                retained(retentionResult.left()),
                dropped,
                retentionResult.asked(),
                retentionResult.failure());
    }

    private static List<RetainedPartitionView> retained(PlannedRetention plannedRetention) {
        return plannedRetention.plan().verdicts().stream()
                .map(dropDecision ->
                        retained(dropDecision, plannedRetention.look().at()))
                .toList();
    }

    private static RetainedPartitionView retained(RetentionPlan.DropDecision dropDecision, Instant now) {
        var observationPartition = dropDecision.partition();
        var last = observationPartition.last();
        return new RetainedPartitionView(
                observationPartition.from(),
                observationPartition.to(),
                observationPartition.bytes(),
                observationPartition.first(),
                last,
                last == null ? null : Math.max(0, Duration.between(last, now).toSeconds()),
                dropDecision.drop() ? "drop" : "keep",
                dropDecision.reason());
    }
}
