package dev.aicore.discovery.projection.rebuild;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild or a verification, as it is or as it ended.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param resumedAt the position that it began behind: that of the last batch before a kill; 0 from the beginning
 * @param position up to which facts are folded
 * @param target up to which they are to be
 * @param eventsPerSecond since it began or was resumed
 * @param etaSeconds how long it takes to the target at that rate; null where that isn't known, or it has ended
 * @param endedAt null while it runs
 * @param failure why it failed; null if it didn't
 * @param checks what was compared; empty until then
 */
public record RebuildRun(
        RebuildTask task,
        Set<String> models,
        String state,
        Instant startedAt,
        long resumedAt,
        long position,
        long target,
        double eventsPerSecond,
        @Nullable Double etaSeconds,
        @Nullable Instant endedAt,
        @Nullable String failure,
        List<ComparisonResult> checks) {

    public RebuildRun {
        models = Set.copyOf(models);
        checks = List.copyOf(checks);
    }

    /** In hundredths; 100 where there is nothing to fold. */
    public double percent() {
        return target == 0 ? 100 : Math.floor(10_000.0 * position / target) / 100;
    }
}
