package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Traces.
 *
 * @param jaegerEndpoint {@code http} or {@code https} URL at which a collector takes OTLP; that of old Jaegers, which ends in
 *     {@code /api/traces}, is understood as their host's OTLP port
 * @param sampling 0 to 1; the share of requests without a trace of their caller's that is traced
 */
@ConfigurationProperties("service-discovery.monitoring.tracing")
public record TracingSettings(boolean enabled, String jaegerEndpoint, double sampling) {

    public TracingSettings {
        jaegerEndpoint = SettingConstraints.matching(
                "monitoring.tracing.jaeger_endpoint", jaegerEndpoint, "https?://[^\\s/]+\\S*", "an http or https URL");
        sampling = SettingConstraints.between("monitoring.tracing.sampling", sampling, 0.0, 1.0);
    }
}
