package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Limits of watches on a node.
 *
 * @param maxWatchers 1 to 1,000,000; maximum number of streams and waiting requests together; a further one is refused
 * @param writeTimeout 1 s to 1 h; how long the network may take to accept the data of a stream before its connection is
 *     closed
 */
@ConfigurationProperties("service-discovery.registry.watching")
public record WatchingSettings(
        int maxWatchers, @DurationUnit(ChronoUnit.SECONDS) Duration writeTimeout) {

    public WatchingSettings {
        maxWatchers = SettingConstraints.between("registry.watching.max_watchers", maxWatchers, 1, 1_000_000);
        writeTimeout = SettingConstraints.between(
                "registry.watching.write_timeout", writeTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
