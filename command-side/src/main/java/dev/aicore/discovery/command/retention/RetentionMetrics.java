package dev.aicore.discovery.command.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** Records the Prometheus metrics of the observations in the store. */
final class RetentionMetrics {

    private static final String PREFIX = "service_discovery.observations";

    private final Counter dropped;
    private final AtomicLong partitions;
    private final AtomicLong bytes;

    RetentionMetrics(MeterRegistry registry) {
        dropped = Counter.builder(PREFIX + ".dropped")
                .description("Dropped rows of observations.")
                .register(registry);
        partitions = gauge(registry, ".partitions", "Partitions of observations, as last read.");
        bytes = gauge(registry, ".bytes", "Bytes of observations on disk, as last read.");
    }

    void recordUsage(StoreUsage usage) {
        partitions.set(usage.count());
        bytes.set(usage.bytes());
    }

    void dropped(long rows) {
        dropped.increment((double) rows);
    }

    private static AtomicLong gauge(MeterRegistry registry, String name, String what) {
        var value = new AtomicLong();
        Gauge.builder(PREFIX + name, value, AtomicLong::get).description(what).register(registry);
        return value;
    }
}
