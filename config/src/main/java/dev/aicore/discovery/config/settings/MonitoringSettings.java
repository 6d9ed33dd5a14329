package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Settings of monitoring: metrics and tracing. */
public final class MonitoringSettings {

    private MonitoringSettings() {}

    /**
     * Settings of the metrics in Prometheus format.
     *
     * @param path path of the scrape endpoint; begins with a slash
     */
    @ConfigurationProperties("service-discovery.monitoring.metrics")
    public record MetricsSettings(boolean enabled, String path) {

        public MetricsSettings {
            path = SettingConstraints.matching(
                    "monitoring.metrics.path", path, "/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-]", "a path such as /metrics");
        }
    }

    /**
     * Settings of tracing.
     *
     * @param jaegerEndpoint {@code http} or {@code https} URL of a collector that accepts OTLP; the URL of an old
     *     Jaeger, which ends in {@code /api/traces}, stands for the OTLP port of its host
     * @param sampling 0 to 1; share of the requests without a trace of their caller that is traced
     */
    @ConfigurationProperties("service-discovery.monitoring.tracing")
    public record TracingSettings(boolean enabled, String jaegerEndpoint, double sampling) {

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
