package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the Eureka dialect.
 *
 * @param enabled false = no routes below /eureka
 * @param maxCachedAnswers 0B to 1GB; maximum size of the answers about single applications that are kept for the next
 *     caller; half of it for each of XML and JSON
 */
@ConfigurationProperties("service-discovery.dialects.eureka")
public record EurekaSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("16MB") DataSize maxCachedAnswers) {

    public EurekaSettings {
        maxCachedAnswers = SettingConstraints.between(
                "dialects.eureka.max_cached_answers", maxCachedAnswers, DataSize.ofBytes(0), DataSize.ofGigabytes(1));
    }
}
