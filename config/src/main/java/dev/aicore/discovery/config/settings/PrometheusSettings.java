package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the targets for Prometheus.
 *
 * @param enabled false = no route /api/v1/prometheus/targets
 */
@ConfigurationProperties("service-discovery.dialects.prometheus")
public record PrometheusSettings(@DefaultValue("true") boolean enabled) {}
