package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * How much of a node those may take who wait for changes.
 *
 * @param mostWatchers 1 to 1,000,000; streams and waiting answers of a node together; one more is refused
 * @param writeTimeout 1 s to 1 h; how long the network may take for what was written to a stream; then its connection ends
 */
@ConfigurationProperties("service-discovery.registry.watching")
public record WatchingSettings(
        int mostWatchers, @DurationUnit(ChronoUnit.SECONDS) Duration writeTimeout) {

    public WatchingSettings {
        mostWatchers = SettingConstraints.between("registry.watching.most_watchers", mostWatchers, 1, 1_000_000);
        writeTimeout = SettingConstraints.between(
                "registry.watching.write_timeout", writeTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
