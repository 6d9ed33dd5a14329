package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the free disk space that the store requires.
 *
 * @param minFreeSpace 0 MB (not monitored) to 1,000 TB; writes are refused while the volume of the embedded PostgreSQL
 *     has less free space
 */
@ConfigurationProperties("service-discovery.event-store")
public record SpaceSettings(DataSize minFreeSpace) {

    public SpaceSettings {
        minFreeSpace = SettingConstraints.between(
                "event_store.min_free_space", minFreeSpace, DataSize.ofMegabytes(0), DataSize.ofTerabytes(1_000));
    }
}
