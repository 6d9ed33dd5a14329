package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of registrations and of the removal of silent instances.
 *
 * @param defaultTtl 5 s to 24 h; lease of a registration that names no {@code ttl}
 * @param heartbeatInterval 1 s to {@code defaultTtl}; heartbeat interval that is recommended to owners
 * @param gracePeriod 0 s to 24 h; time from expiry to removal
 * @param reviveWindow 0 s to 7 d; time after a removal by expiry in which a heartbeat revives the instance
 * @param maxInstances 1 to 10,000,000; maximum number of instances; a further registration is refused
 */
@ConfigurationProperties("service-discovery.registry.registration")
public record RegistrationSettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration defaultTtl,
        @DurationUnit(ChronoUnit.SECONDS) Duration heartbeatInterval,
        @DurationUnit(ChronoUnit.SECONDS) Duration gracePeriod,
        @DurationUnit(ChronoUnit.SECONDS) Duration reviveWindow,
        int maxInstances) {

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
