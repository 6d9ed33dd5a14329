package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.command.monitor.StatsView.Instances;
import dev.aicore.discovery.command.monitor.StatsView.OfType;
import dev.aicore.discovery.command.monitor.StatsView.Quantiles;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.util.Map;
import java.util.TreeMap;

/** Tells how the checks go. */
final class CheckStats {

    private final HealthCheckSettings settings;
    private final Schedule schedule;
    private final LastMinute lastMinute;
    private final CheckMeters meters;
    private final TimeSource time;

    CheckStats(
            HealthCheckSettings settings,
            Schedule schedule,
            LastMinute lastMinute,
            CheckMeters meters,
            TimeSource time) {
        this.settings = settings;
        this.schedule = schedule;
        this.lastMinute = lastMinute;
        this.meters = meters;
        this.time = time;
    }

    StatsView now() {
        long now = time.nanos();
        var census = schedule.census();
        var sum = lastMinute.sum(now);
        double seconds = lastMinute.seconds(now);
        var types = sum.types().entrySet().stream()
                .map(type -> ofType(type.getKey(), type.getValue(), seconds))
                .toList();
        long checks =
                types.stream().mapToLong(type -> type.passed() + type.failed()).sum();
        return new StatsView(
                settings.enabled(),
                settings.mostAtOnce(),
                census.underWay(),
                census.ready(),
                new Instances(census.watched(), census.passing(), census.failing(), census.notCheckedYet()),
                rounded(seconds),
                checks,
                rounded(checks / seconds),
                Quantiles.of(sum.lag()),
                types,
                dropped());
    }

    private static OfType ofType(String type, LastMinute.OfType of, double seconds) {
        var reasons = new TreeMap<String, Long>();
        of.failures().forEach((failure, count) -> reasons.put(failure.word(), count));
        long failed = reasons.values().stream().mapToLong(Long::longValue).sum();
        return new OfType(
                type,
                of.passed(),
                failed,
                rounded((of.passed() + failed) / seconds),
                reasons,
                Quantiles.of(of.latency()));
    }

    private Map<String, Long> dropped() {
        var dropped = new TreeMap<String, Long>();
        for (var why : Dropped.values()) {
            dropped.put(why.word(), meters.droppedSoFar(why));
        }
        return dropped;
    }

    private static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }
}
