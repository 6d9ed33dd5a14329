package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.config.telemetry.HealthCheckCounters;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** Records the Prometheus metrics of health checks. */
final class CheckMetrics {

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

    private record FailureKey(String type, CheckFailureCode why) {}

    private final MeterRegistry registry;
    private final HealthCheckCounters counters;
    private final Map<FailureKey, Counter> failures = new ConcurrentHashMap<>();
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Map<DiscardReason, Counter> dropped = new ConcurrentHashMap<>();
    private final Timer lag;

    CheckMetrics(MeterRegistry registry, HealthCheckCounters counters, CheckScheduler checkScheduler) {
        this.registry = registry;
        this.counters = counters;
        this.lag = Timer.builder(PREFIX + ".lag")
                .description("Delay of the start of health checks.")
                .serviceLevelObjectives(LAGS)
                .register(registry);
        gauge("s.in.flight", "Health checks in progress.", checkScheduler, CheckScheduler.StateCounts::underWay);
        gauge(
                "s.waiting",
                "Health checks that are due and wait for capacity.",
                checkScheduler,
                CheckScheduler.StateCounts::ready);
        gauge("s.monitored", "Instances with an active check.", checkScheduler, CheckScheduler.StateCounts::watched);
        for (var reason : DiscardReason.values()) {
            dropped.put(
                    reason,
                    Counter.builder(PREFIX + "s.dropped")
                            .description("Results of health checks that were not recorded.")
                            .tag("reason", reason.tagValue())
                            .register(registry));
        }
    }

    void began(long lagNanos) {
        lag.record(Math.max(0, lagNanos), TimeUnit.NANOSECONDS);
    }

    void ended(String type, ProbeResult result) {
        counters.checked(type, result.passed());
        durations.computeIfAbsent(type, this::duration).record(result.latency());
        var code = result.failure();
        if (code != null) {
            failures.computeIfAbsent(new FailureKey(type, code), this::failure).increment();
        }
    }

    void dropped(DiscardReason reason) {
        counter(reason).increment();
    }

    /** Returns the number of discarded results since the start. */
    long droppedCount(DiscardReason reason) {
        return (long) counter(reason).count();
    }

    private Counter counter(DiscardReason reason) {
        return Objects.requireNonNull(dropped.get(reason));
    }

    private void gauge(
            String name, String what, CheckScheduler checkScheduler, ToIntFunction<CheckScheduler.StateCounts> of) {
        Gauge.builder(PREFIX + name, checkScheduler, scheduler -> of.applyAsInt(scheduler.countStates()))
                .description(what)
                .register(registry);
    }

    private Counter failure(FailureKey failureKey) {
        return Counter.builder(PREFIX + ".failures")
                .description("Failed health checks by reason.")
                .tag("type", failureKey.type())
                .tag("reason", failureKey.why().jsonName())
                .register(registry);
    }

    private Timer duration(String type) {
        return Timer.builder(PREFIX + ".duration")
                .description("Duration of health checks.")
                .tag("type", type)
                .serviceLevelObjectives(DURATIONS)
                .register(registry);
    }

    /** Reason for which the result of a check was not recorded. */
    enum DiscardReason {
        /** The check was changed or stopped in the meantime. */
        OUTDATED,
        /** The event store can't be written, or is overloaded. */
        STORE,
        /** The registry itself could not make the check, so the result says nothing about the instance. */
        OURS;

        String tagValue() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
