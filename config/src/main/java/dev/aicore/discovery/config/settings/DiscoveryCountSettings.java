package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the counts of who discovered what.
 *
 * @param maxPerMinute 0 to 100000; maximum number of pairs of principal and service that a node counts per minute;
 *     answers beyond that aren't counted; 0 = none are
 * @param maxMemory 64KB to 1GB; maximum memory for the present minute and for those that couldn't be written yet, of
 *     which there are 60 at most; above it, the oldest minute is discarded
 * @param retention 1h to 365d; time for which the counts are stored
 */
@ConfigurationProperties("service-discovery.registry.discovery-counts")
public record DiscoveryCountSettings(
        @DefaultValue("1000") int maxPerMinute,
        @DefaultValue("8MB") DataSize maxMemory,

        @DefaultValue("3d") @DurationUnit(ChronoUnit.SECONDS)
        Duration retention) {

    public DiscoveryCountSettings {
        maxPerMinute = SettingConstraints.between("registry.discovery_counts.max_per_minute", maxPerMinute, 0, 100_000);
        maxMemory = SettingConstraints.between(
                "registry.discovery_counts.max_memory", maxMemory, DataSize.ofKilobytes(64), DataSize.ofGigabytes(1));
        retention = SettingConstraints.between(
                "registry.discovery_counts.retention", retention, Duration.ofHours(1), Duration.ofDays(365));
    }
}
