package dev.aicore.discovery.config.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;

/**
 * Counts the CPU time of this process in seconds, under the name that Prometheus' own clients give it:
 * {@code process_cpu_seconds_total}.
 */
final class CpuTimeMetrics implements MeterBinder {

    /** Name of Micrometer's counter of the same time, whose unit is nanoseconds. */
    static final String REPLACED = "process.cpu.time";

    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(
                        "process.cpu",
                        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class),
                        system -> system.getProcessCpuTime() / NANOS_PER_SECOND)
                .baseUnit("seconds")
                .description("CPU time used by this process")
                .register(registry);
    }
}
