package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of all dialects.
 *
 * @param maxInstances 1 to 10,000,000; maximum number of instances of 2 KB, over all services, that a process keeps in
 *     memory for answers that contain the whole registry; an instance counts more or less by its size. At most 10 % of
 *     the heap; above it, such answers are refused
 */
@ConfigurationProperties("service-discovery.dialects")
public record DialectSettings(int maxInstances) {

    public DialectSettings {
        maxInstances = SettingConstraints.between("dialects.max_instances", maxInstances, 1, 10_000_000);
    }
}
