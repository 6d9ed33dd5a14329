package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.health.CheckFailure;
import dev.aicore.discovery.command.probe.ProbeResult;
import dev.aicore.discovery.config.metrics.HealthCheckCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** What is counted of checks, for Prometheus. */
final class CheckMeters {

    private static final String PREFIX = "service_discovery.health.check";

    private static final Duration[] LAGS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
    };

    private static final Duration[] DURATIONS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private record Failed(String type, CheckFailure why) {}

    private final MeterRegistry registry;
    private final HealthCheckCounts counts;
    private final Map<Failed, Counter> failures = new ConcurrentHashMap<>();
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Map<Dropped, Counter> dropped = new ConcurrentHashMap<>();
    private final Timer lag;

    CheckMeters(MeterRegistry registry, HealthCheckCounts counts, Schedule schedule) {
        this.registry = registry;
        this.counts = counts;
        this.lag = Timer.builder(PREFIX + ".lag")
                .description("How late health checks began.")
                .serviceLevelObjectives(LAGS)
                .register(registry);
        gauge("s.in.flight", "Health checks under way.", schedule, Schedule.Census::underWay);
        gauge("s.waiting", "Health checks that are due and wait for room.", schedule, Schedule.Census::ready);
        gauge("s.monitored", "Instances that are checked.", schedule, Schedule.Census::watched);
        for (var why : Dropped.values()) {
            dropped.put(
                    why,
                    Counter.builder(PREFIX + "s.dropped")
                            .description("Results of health checks that weren't recorded.")
                            .tag("reason", why.word())
                            .register(registry));
        }
    }

    void began(long lagNanos) {
        lag.record(Math.max(0, lagNanos), TimeUnit.NANOSECONDS);
    }

    void ended(String type, ProbeResult result) {
        counts.checked(type, result.passed());
        durations.computeIfAbsent(type, this::duration).record(result.latency());
        var why = result.failure();
        if (why != null) {
            failures.computeIfAbsent(new Failed(type, why), this::failure).increment();
        }
    }

    void dropped(Dropped why) {
        counter(why).increment();
    }

    /** Since the start. */
    long droppedSoFar(Dropped why) {
        return (long) counter(why).count();
    }

    private Counter counter(Dropped why) {
        return Objects.requireNonNull(dropped.get(why));
    }

    private void gauge(String name, String what, Schedule schedule, ToIntFunction<Schedule.Census> of) {
        Gauge.builder(PREFIX + name, schedule, asked -> of.applyAsInt(asked.census()))
                .description(what)
                .register(registry);
    }

    private Counter failure(Failed failed) {
        return Counter.builder(PREFIX + ".failures")
                .description("Failed health checks by reason.")
                .tag("type", failed.type())
                .tag("reason", failed.why().word())
                .register(registry);
    }

    private Timer duration(String type) {
        return Timer.builder(PREFIX + ".duration")
                .description("How long health checks took.")
                .tag("type", type)
                .serviceLevelObjectives(DURATIONS)
                .register(registry);
    }
}
