package dev.aicore.discovery.config.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the results of health checks: {@code service_discovery_health_checks_total}. */
public final class HealthCheckCounters {
    private static final String REPORTED = "ttl";

    private final MeterRegistry registry;
    private final Map<Result, Counter> counters = new ConcurrentHashMap<>();

    HealthCheckCounters(MeterRegistry registry) {
        this.registry = registry;
        // Registered at the start, so that they are exported with the value 0.
        counter(REPORTED, true);
        counter(REPORTED, false);
    }

    private record Result(String type, boolean passed) {}

    /** Counts the result of a {@code ttl} check: the health that an instance reported with a heartbeat. */
    public void reported(boolean healthy) {
        counter(REPORTED, healthy).increment();
    }

    /**
     * Counts the result of an active check.
     *
     * @param type type of the check, such as {@code http}
     */
    public void checked(String type, boolean passed) {
        counter(type, passed).increment();
    }

    private Counter counter(String type, boolean passed) {
        return counters.computeIfAbsent(new Result(type, passed), this::register);
    }

    private Counter register(Result of) {
        return Counter.builder("service_discovery.health.checks")
                .description("Results of health checks.")
                .tag("type", of.type())
                .tag("result", of.passed() ? "passed" : "failed")
                .register(registry);
    }
}
