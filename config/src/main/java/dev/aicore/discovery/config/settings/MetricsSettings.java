package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

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
