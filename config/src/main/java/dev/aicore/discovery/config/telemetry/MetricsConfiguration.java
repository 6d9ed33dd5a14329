package dev.aicore.discovery.config.telemetry;

import dev.aicore.discovery.config.time.TimeSource;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Defines the registry's meters. Code that counts something uses the {@link MeterRegistry} or declares a
 * {@link MetricFamily}.
 */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {
    /** Name of the property that disables metrics; they are enabled without it. */
    public static final String ENABLED = "service-discovery.monitoring.metrics.enabled";

    @Bean
    PrometheusMeterRegistry meterRegistry(Environment environment) {
        // Without traces no histogram looks for one.
        var spans = environment.getProperty(TracingConfiguration.ENABLED, Boolean.class, false)
                ? new ExemplarSpanContext()
                : null;
        var registry =
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, spans);
        registry.config().meterFilter(MeterFilter.denyNameStartsWith(CpuTimeMetrics.REPLACED));
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new CpuTimeMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
        return registry;
    }

    /** Listens to the garbage collectors until closed. */
    @Bean
    JvmGcMetrics garbageMetrics(MeterRegistry registry) {
        var metrics = new JvmGcMetrics();
        metrics.bindTo(registry);
        return metrics;
    }

    @Bean
    RequestMetrics requestMetrics(MeterRegistry registry, Environment environment, TimeSource time) {
        return new RequestMetrics(registry, environment.getProperty(ENABLED, Boolean.class, true), time);
    }

    @Bean
    HealthCheckCounters healthCheckCounters(MeterRegistry registry) {
        return new HealthCheckCounters(registry);
    }

    @Bean
    PrometheusExporter prometheusExporter(PrometheusMeterRegistry registry, ObjectProvider<MetricFamily> families) {
        return new PrometheusExporter(registry, families.stream().toList());
    }
}
