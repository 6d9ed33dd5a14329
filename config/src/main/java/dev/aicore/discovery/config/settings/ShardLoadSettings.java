package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of loading shards that failed to load.
 *
 * @param loadAttempts 1 to 100; attempts of a start to load a shard, one per second, before it continues without the
 *     shard
 * @param loadRetryInterval 1s to 1h; interval of further attempts to load a shard
 */
@ConfigurationProperties("service-discovery.event-store")
public record ShardLoadSettings(
        @DefaultValue("5") int loadAttempts,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration loadRetryInterval) {

    private static final String PREFIX = "event_store.";

    public ShardLoadSettings {
        loadAttempts = SettingConstraints.between(PREFIX + "load_attempts", loadAttempts, 1, 100);
        loadRetryInterval = SettingConstraints.between(
                PREFIX + "load_retry_interval", loadRetryInterval, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /** Returns the defaults. */
    public static ShardLoadSettings defaults() {
        return SettingsBinder.defaults().get(ShardLoadSettings.class);
    }
}
