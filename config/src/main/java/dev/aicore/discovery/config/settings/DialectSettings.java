package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of all dialects: protocols of other registries, for clients that speak nothing else.
 *
 * @param maxInstances 1 to 10000000; maximum number of instances of 2 KB, over all services, that each process keeps in
 *     memory, within 10 % of the heap, for answers that contain the whole registry; above it, such answers are refused.
 *     Nothing is kept before the first such request
 */
@ConfigurationProperties("service-discovery.dialects")
public record DialectSettings(@DefaultValue("100000") int maxInstances) {

    public DialectSettings {
        maxInstances = SettingConstraints.between("dialects.max_instances", maxInstances, 1, 10_000_000);
    }
}
