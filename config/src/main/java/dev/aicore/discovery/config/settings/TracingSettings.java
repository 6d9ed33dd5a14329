package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Traces.
 *
 * @param jaegerEndpoint {@code http} or {@code https} URL of the collector
 */
@ConfigurationProperties("service-discovery.monitoring.tracing")
public record TracingSettings(boolean enabled, String jaegerEndpoint) {

    public TracingSettings {
        jaegerEndpoint = Bounds.matching(
                "monitoring.tracing.jaeger_endpoint", jaegerEndpoint, "https?://[^\\s/]+\\S*", "an http or https URL");
    }
}
