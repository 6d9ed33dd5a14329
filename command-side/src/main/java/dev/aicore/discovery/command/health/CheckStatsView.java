package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.health.CheckFailureReason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of this node's active checks.
 *
 * @param enabled false if this registry makes no active checks
 * @param mostAtOnce maximum number of concurrent checks
 * @param inFlight number of checks under way
 * @param waiting number of due checks that wait for capacity
 * @param windowSeconds time that {@code checks}, {@code lag_ms} and {@code by_type} cover: the last minute, less after
 *     the start
 * @param checks number of checks that ended in that time
 * @param lagMs delay with which checks began
 * @param dropped number of discarded results since the start, by reason
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

    /** Number of checked instances, and the results of the last check of each. */
    record Instances(int monitored, int passing, int failing, int notCheckedYet) {}

    /** Quantiles in milliseconds: 99 of 100 values are at most {@code p99}. */
    record Quantiles(double p50, double p99, double max) {
        static Quantiles of(LatencyHistogram latencyHistogram) {
            return new Quantiles(
                    latencyHistogram.quantile(0.5) / 1_000.0,
                    latencyHistogram.quantile(0.99) / 1_000.0,
                    latencyHistogram.max() / 1_000.0);
        }
    }

    /**
     * Statistics of one type of check.
     *
     * @param reasons number of failures by reason
     * @param latencyMs latencies; null for callers without permission for details of checks
     */
    record TypeStatsView(
            String type,
            long passed,
            long failed,
            double checksPerSecond,
            Map<String, Long> reasons,
            @Nullable Quantiles latencyMs) {

        private TypeStatsView redacted() {
            var classes = new TreeMap<String, Long>();
            reasons.forEach((reason, count) -> classes.merge(CheckFailureReason.publicText(reason), count, Long::sum));
            return new TypeStatsView(type, passed, failed, checksPerSecond, classes, null);
        }
    }

    /** Returns the statistics without the replies and latencies of targets. */
    CheckStatsView redacted() {
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
                byType.stream().map(TypeStatsView::redacted).toList(),
                dropped);
    }
}
