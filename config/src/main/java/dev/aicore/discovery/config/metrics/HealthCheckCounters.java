package dev.aicore.discovery.config.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many health checks ended in which way: {@code service_discovery_health_checks_total}. */
public final class HealthCheckCounters {
    private static final String REPORTED = "ttl";

    private final MeterRegistry registry;
    private final Map<Result, Counter> counters = new ConcurrentHashMap<>();

    HealthCheckCounters(MeterRegistry registry) {
        this.registry = registry;
        // So that they are there at 0.
        counter(REPORTED, true);
        counter(REPORTED, false);
    }

    private record Result(String type, boolean passed) {}

    /** An instance said with a heartbeat how it is, which is the result of a {@code ttl} check. */
    public void reported(boolean healthy) {
        counter(REPORTED, healthy).increment();
    }

    /**
     * The registry has looked at an instance.
     *
     * @param type of the check, such as {@code http}
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
