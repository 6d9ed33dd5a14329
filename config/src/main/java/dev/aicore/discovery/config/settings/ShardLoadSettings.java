package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of loading shards that failed to load.
 *
 * @param loadAttempts 1 to 100; number of attempts of a start, one per second, before it continues without the shard
 * @param loadRetryInterval 1 s to 1 h; minimum interval between later attempts
 */
@ConfigurationProperties("service-discovery.event-store")
public record ShardLoadSettings(
        int loadAttempts, @DurationUnit(ChronoUnit.SECONDS) Duration loadRetryInterval) {

    private static final String PREFIX = "event_store.";

    public ShardLoadSettings {
        loadAttempts = SettingConstraints.between(PREFIX + "load_attempts", loadAttempts, 1, 100);
        loadRetryInterval = SettingConstraints.between(
                PREFIX + "load_retry_interval", loadRetryInterval, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /** Returns 5 attempts and an interval of 10 s. */
    public static ShardLoadSettings defaults() {
        return new ShardLoadSettings(5, Duration.ofSeconds(10));
    }
}
