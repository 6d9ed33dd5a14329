package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much room the store leaves on its volume.
 *
 * @param minFreeSpace 0 MB (not watched) to 1,000 TB; with less left on the volume of the embedded PostgreSQL, writes are refused
 */
@ConfigurationProperties("service-discovery.event-store")
public record SpaceSettings(DataSize minFreeSpace) {

    public SpaceSettings {
        minFreeSpace = SettingConstraints.between(
                "event_store.min_free_space", minFreeSpace, DataSize.ofMegabytes(0), DataSize.ofTerabytes(1_000));
    }
}
