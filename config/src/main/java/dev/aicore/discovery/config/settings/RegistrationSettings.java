package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * What a registration gets when it doesn't say otherwise, and what follows its silence.
 *
 * @param defaultTtl        5 s to 24 h; the lease of a registration that names no {@code ttl}
 * @param heartbeatInterval 1 s up to the default TTL; the rhythm recommended to owners
 * @param gracePeriod       0 s to 24 h; from expiry to removal
 * @param reviveWindow      0 s to 7 d; how long after its removal by expiry a heartbeat brings an instance back
 * @param maxInstances      1 to 10,000,000; instances at once; registering one more is refused
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
