package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * How often a shard is loaded again that couldn't be loaded.
 *
 * @param loadAttempts      1 to 100; so often a start tries, once a second, before it goes on without the shard
 * @param loadRetryInterval 1 s to 1 h; a failed shard is tried again no oftener
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

    /** Returns 5 attempts, and 10 s between those that follow. */
    public static ShardLoadSettings defaults() {
        return new ShardLoadSettings(5, Duration.ofSeconds(10));
    }
}
