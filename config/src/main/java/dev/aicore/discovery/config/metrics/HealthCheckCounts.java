package dev.aicore.discovery.config.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How many health checks ended in which way: {@code service_discovery_health_checks_total}. */
public final class HealthCheckCounts {
    private final Counter passed;
    private final Counter failed;

    HealthCheckCounts(MeterRegistry registry) {
        this.passed = counter(registry, "passed");
        this.failed = counter(registry, "failed");
    }

    /** An instance said with a heartbeat how it is, which is the result of a {@code ttl} check. */
    public void reported(boolean healthy) {
        (healthy ? passed : failed).increment();
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("service_discovery.health.checks")
                .description("Results of health checks.")
                .tag("type", "ttl")
                .tag("result", result)
                .register(registry);
    }
}
