package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of registrations and of the removal of silent instances.
 *
 * @param defaultTtl 5s to 24h; lease of a registration that states no ttl
 * @param heartbeatInterval 1s to default_ttl; maximum heartbeat interval that responses to registrations recommend;
 *     they recommend at most a third of the ttl
 * @param gracePeriod 0 to 24h; time from expiry to removal
 * @param reviveWindow 0 to 7d; time after a removal by expiry in which a heartbeat revives the instance
 * @param maxInstances 1 to 10000000; maximum number of instances; each shard also retains 8192 ids of removed instances
 */
@ConfigurationProperties("service-discovery.registry.registration")
public record RegistrationSettings(
        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS)
        Duration defaultTtl,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration heartbeatInterval,

        @DefaultValue("15s") @DurationUnit(ChronoUnit.SECONDS)
        Duration gracePeriod,

        @DefaultValue("1h") @DurationUnit(ChronoUnit.SECONDS)
        Duration reviveWindow,

        @DefaultValue("1000000") int maxInstances) {

    private static final String PREFIX = "registry.registration.";

    public RegistrationSettings {
        defaultTtl = SettingConstraints.between(
                PREFIX + "default_ttl", defaultTtl, Duration.ofSeconds(5), Duration.ofDays(1));
        heartbeatInterval = SettingConstraints.between(
                PREFIX + "heartbeat_interval", heartbeatInterval, Duration.ofSeconds(1), defaultTtl);
        gracePeriod =
                SettingConstraints.between(PREFIX + "grace_period", gracePeriod, Duration.ZERO, Duration.ofDays(1));
        reviveWindow =
                SettingConstraints.between(PREFIX + "revive_window", reviveWindow, Duration.ZERO, Duration.ofDays(7));
        maxInstances = SettingConstraints.between(PREFIX + "max_instances", maxInstances, 1, 10_000_000);
    }
}
