package dev.aicore.discovery.projection.rebuild;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Running or ended rebuild or verification.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param resumedAt position after which it began: that of the last batch before a kill; 0 if from the beginning
 * @param position position up to which facts are folded
 * @param target position up to which facts are to be folded
 * @param eventsPerSecond rate since it began or was resumed
 * @param etaSeconds remaining seconds to the target at that rate; null if unknown or ended
 * @param endedAt null while it runs
 * @param failure reason for the failure; null if it hasn't failed
 * @param checks results of the comparison; empty until then
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

    /** Returns the progress in percent with two decimals; 100 if there is nothing to fold. */
    public double percent() {
        return target == 0 ? 100 : Math.floor(10_000.0 * position / target) / 100;
    }

    /** Purpose of shadow tables. */
    public enum RebuildTask {
        /** The shadow tables replace the serving tables. */
        REBUILD,
        /** The shadow tables are compared with the serving tables and dropped. */
        VERIFY;

        /** Returns the name in JSON. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static RebuildTask of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
