package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.health.CheckFailureReason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the active checks of this node go.
 *
 * @param enabled false if this registry makes none
 * @param mostAtOnce how many may be under way
 * @param inFlight how many are
 * @param waiting how many are due and wait for room
 * @param windowSeconds how much time {@code checks}, {@code lag_ms} and {@code by_type} are of: the last minute, less at first
 * @param checks how many ended in that time
 * @param lagMs how late they began
 * @param dropped results that were not recorded since the start, by reason
 */
record CheckStatsView(
        boolean enabled,
        int mostAtOnce,
        int inFlight,
        int waiting,
        Instances instances,
        double windowSeconds,
        long checks,
        double checksPerSecond,
        Quantiles lagMs,
        List<TypeStatsView> byType,
        Map<String, Long> dropped) {

    /** Those that are checked, and how the last check of each ended. */
    record Instances(int monitored, int passing, int failing, int notCheckedYet) {}

    /** Milliseconds; {@code p99} took at most so long, in 99 of 100. */
    record Quantiles(double p50, double p99, double max) {
        static Quantiles of(LatencyHistogram latencyHistogram) {
            return new Quantiles(
                    latencyHistogram.quantile(0.5) / 1_000.0,
                    latencyHistogram.quantile(0.99) / 1_000.0,
                    latencyHistogram.max() / 1_000.0);
        }
    }

    /**
     * The checks of one type.
     *
     * @param reasons how many failed for which reason
     * @param latencyMs null for callers who may not know how fast targets answer
     */
    record TypeStatsView(
            String type,
            long passed,
            long failed,
            double checksPerSecond,
            Map<String, Long> reasons,
            @Nullable Quantiles latencyMs) {

        private TypeStatsView forEverybody() {
            var classes = new TreeMap<String, Long>();
            reasons.forEach((reason, count) -> classes.merge(CheckFailureReason.publicWords(reason), count, Long::sum));
            return new TypeStatsView(type, passed, failed, checksPerSecond, classes, null);
        }
    }

    /** The same without what targets answered, and how fast. */
    CheckStatsView forEverybody() {
        return new CheckStatsView(
                enabled,
                mostAtOnce,
                inFlight,
                waiting,
                instances,
                windowSeconds,
                checks,
                checksPerSecond,
                lagMs,
                byType.stream().map(TypeStatsView::forEverybody).toList(),
                dropped);
    }
}
