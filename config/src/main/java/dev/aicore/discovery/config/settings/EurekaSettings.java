package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the Eureka dialect.
 *
 * @param enabled false = no routes below /eureka
 */
@ConfigurationProperties("service-discovery.dialects.eureka")
public record EurekaSettings(@DefaultValue("true") boolean enabled) {}
