package dev.aicore.discovery.command.health;

import dev.aicore.discovery.command.health.CheckMetrics.DiscardReason;
import dev.aicore.discovery.command.health.CheckStatsView.Instances;
import dev.aicore.discovery.command.health.CheckStatsView.Quantiles;
import dev.aicore.discovery.command.health.CheckStatsView.TypeStatsView;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.util.Map;
import java.util.TreeMap;

/** Collects the statistics of the health checks. */
final class CheckStats {

    private final HealthCheckSettings settings;
    private final CheckScheduler checkScheduler;
    private final SlidingWindowStats slidingWindowStats;
    private final CheckMetrics metrics;
    private final TimeSource time;

    CheckStats(
            HealthCheckSettings settings,
            CheckScheduler checkScheduler,
            SlidingWindowStats slidingWindowStats,
            CheckMetrics metrics,
            TimeSource time) {
        this.settings = settings;
        this.checkScheduler = checkScheduler;
        this.slidingWindowStats = slidingWindowStats;
        this.metrics = metrics;
        this.time = time;
    }

    CheckStatsView now() {
        long now = time.nanos();
        var stateCounts = checkScheduler.countStates();
        var sum = slidingWindowStats.sum(now);
        double seconds = slidingWindowStats.seconds(now);
        var types = sum.types().entrySet().stream()
                .map(type -> ofType(type.getKey(), type.getValue(), seconds))
                .toList();
        long checks =
                types.stream().mapToLong(type -> type.passed() + type.failed()).sum();
        return new CheckStatsView(
                settings.enabled(),
                settings.maxConcurrentChecks(),
                stateCounts.underWay(),
                stateCounts.ready(),
                new Instances(
                        stateCounts.watched(),
                        stateCounts.passing(),
                        stateCounts.failing(),
                        stateCounts.notCheckedYet()),
                rounded(seconds),
                checks,
                rounded(checks / seconds),
                Quantiles.of(sum.lag()),
                types,
                dropped());
    }

    private static TypeStatsView ofType(String type, SlidingWindowStats.TypeStats stats, double seconds) {
        var reasons = new TreeMap<String, Long>();
        stats.failures().forEach((failure, count) -> reasons.put(failure.jsonName(), count));
        long failed = reasons.values().stream().mapToLong(Long::longValue).sum();
        return new TypeStatsView(
                type,
                stats.passed(),
                failed,
                rounded((stats.passed() + failed) / seconds),
                reasons,
                Quantiles.of(stats.latency()));
    }

    private Map<String, Long> dropped() {
        var dropped = new TreeMap<String, Long>();
        for (var reason : DiscardReason.values()) {
            dropped.put(reason.tagValue(), metrics.droppedCount(reason));
        }
        return dropped;
    }

    private static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }
}
