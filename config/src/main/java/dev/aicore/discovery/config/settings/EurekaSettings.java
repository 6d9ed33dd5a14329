package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the Eureka dialect.
 *
 * @param enabled false closes the routes below {@code /eureka}
 */
@ConfigurationProperties("service-discovery.dialects.eureka")
public record EurekaSettings(boolean enabled) {}
