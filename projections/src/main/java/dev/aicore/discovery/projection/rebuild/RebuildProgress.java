package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tracks the progress of a run. Written by the thread that runs it, read by any thread. */
final class RebuildProgress {

    private final RebuildTask rebuildTask;
    private final Set<String> models;
    private final TimeSource time;
    private final Instant startedAt;
    private final long startedNanos;
    private volatile long resumedAt;
    private volatile long position;
    private volatile long target;
    private volatile List<ComparisonResult> checks = List.of();
    private volatile @Nullable Instant endedAt;
    private volatile @Nullable String failure;

    RebuildProgress(RebuildTask rebuildTask, Set<String> models, TimeSource time) {
        this.rebuildTask = rebuildTask;
        this.models = models;
        this.time = time;
        this.startedAt = time.now();
        this.startedNanos = time.nanos();
    }

    void resumed(long behind) {
        resumedAt = behind;
        position = behind;
    }

    void folded(long upTo) {
        position = upTo;
    }

    void setTarget(long at) {
        target = at;
    }

    void compared(List<ComparisonResult> found) {
        checks = found;
    }

    void ended(@Nullable String why) {
        failure = why;
        endedAt = time.now();
    }

    boolean isOver() {
        return endedAt != null;
    }

    RebuildRun run() {
        double seconds = Math.max(1e-3, (time.nanos() - startedNanos) / 1e9);
        double rate = (position - resumedAt) / seconds;
        var end = endedAt;
        return new RebuildRun(
                rebuildTask,
                models,
                end == null ? "running" : failure == null ? "done" : "failed",
                startedAt,
                resumedAt,
                position,
                target,
                Math.rint(rate),
                end != null || rate <= 0 ? null : Math.rint(10 * (target - position) / rate) / 10,
                end,
                failure,
                checks);
    }
}
