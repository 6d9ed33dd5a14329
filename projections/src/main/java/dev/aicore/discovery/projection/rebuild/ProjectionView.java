package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.processing.ProjectionStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A read model, as its administrators see it.
 *
 * @param lag events that it has yet to reflect
 * @param lagSeconds how long ago the first of them was recorded; 0 if there is none
 * @param state {@code live}, {@code failed}, or {@code rebuilding}: the old one serves meanwhile
 * @param reason why it failed, in one word; null if it didn't
 * @param deadLetters facts that couldn't be folded, and those that wait for them
 * @param task the last rebuild or verification on this node; null if there was none since it started
 * @param percent how far that is; null if there was none
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
                rebuilding ? "rebuilding" : status.state().word(),
                status.reason(),
                status.detail(),
                status.segments(),
                status.parked(),
                rebuildRun,
                rebuildRun == null ? null : rebuildRun.percent());
    }
}
