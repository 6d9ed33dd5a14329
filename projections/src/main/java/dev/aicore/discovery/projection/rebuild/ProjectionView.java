package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Read model in the administrators' API.
 *
 * @param lag number of events that it doesn't reflect yet
 * @param lagSeconds age of the first of these events in seconds; 0 if there is none
 * @param state {@code live}, {@code failed}, or {@code rebuilding} while the old tables still serve
 * @param reason reason for the failure in one word; null if it hasn't failed
 * @param deadLetters number of parked facts, including those that wait for another one
 * @param task last rebuild or verification on this node; null if there was none since its start
 * @param percent progress of that task; null if there was none
 */
record ProjectionView(
        String name,
        long position,
        long head,
        long lag,
        double lagSeconds,
        String state,
        @Nullable String reason,
        @Nullable String detail,
        int segments,
        long deadLetters,
        @Nullable RebuildRun task,
        @Nullable Double percent) {

    static ProjectionView of(ProjectionStatus status, Duration behind, @Nullable RebuildRun rebuildRun) {
        boolean rebuilding =
                rebuildRun != null && rebuildRun.task() == RebuildTask.REBUILD && rebuildRun.endedAt() == null;
        return new ProjectionView(
                status.name(),
                status.position(),
                status.head(),
                status.lag(),
                behind.toMillis() / 1e3,
                rebuilding ? "rebuilding" : status.state().jsonName(),
                status.reason(),
                status.detail(),
                status.segments(),
                status.parked(),
                rebuildRun,
                rebuildRun == null ? null : rebuildRun.percent());
    }
}
