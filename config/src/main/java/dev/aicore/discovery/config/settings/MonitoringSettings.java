package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of monitoring: metrics and tracing. */
public final class MonitoringSettings {

    private MonitoringSettings() {}

    /**
     * Settings of the metrics in Prometheus format.
     *
     * @param enabled false = there is no such route
     * @param path path of the metrics, in Prometheus' format
     */
    @ConfigurationProperties("service-discovery.monitoring.metrics")
    public record MetricsSettings(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("/metrics") String path) {

        public MetricsSettings {
            path = SettingConstraints.matching(
                    "monitoring.metrics.path", path, "/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-]", "a path such as /metrics");
        }
    }

    /**
     * Settings of tracing.
     *
     * @param enabled true = requests and checks are traced
     * @param jaegerEndpoint URL of a collector that accepts OTLP over HTTP, such as Jaeger; the URL of an old Jaeger,
     *     which ends in /api/traces, stands for the OTLP port of its host
     * @param sampling 0 to 1; share of the checks, and of the requests without a trace of their caller, that is traced
     */
    @ConfigurationProperties("service-discovery.monitoring.tracing")
    public record TracingSettings(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("http://localhost:4318/v1/traces") String jaegerEndpoint,
            @DefaultValue("1.0") double sampling) {

        public TracingSettings {
            jaegerEndpoint = SettingConstraints.matching(
                    "monitoring.tracing.jaeger_endpoint",
                    jaegerEndpoint,
                    "https?://[^\\s/]+\\S*",
                    "an http or https URL");
            sampling = SettingConstraints.between("monitoring.tracing.sampling", sampling, 0.0, 1.0);
        }
    }
}
