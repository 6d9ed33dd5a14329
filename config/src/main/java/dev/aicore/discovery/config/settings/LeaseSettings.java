package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of self-preservation and of lease extension.
 *
 * @param maxExpiringShare 0.001 to 1; maximum share of a service that may expire within one TTL (at least one
 *     instance); 1 = no limit
 * @param maxSilenceTtls 1 to 100; number of silent TTLs after which an instance expires regardless of
 *     max_expiring_share
 * @param pauseTolerance 200ms to 5s; if the registry itself pauses for longer, or reads received data with a longer
 *     delay, every lease is extended by a whole TTL
 */
@ConfigurationProperties("service-discovery.registry.leases")
public record LeaseSettings(
        @DefaultValue("0.15") double maxExpiringShare,
        @DefaultValue("3") int maxSilenceTtls,

        @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS)
        Duration pauseTolerance) {

    public LeaseSettings {
        maxExpiringShare =
                SettingConstraints.between("registry.leases.max_expiring_share", maxExpiringShare, 0.001, 1.0);
        maxSilenceTtls = SettingConstraints.between("registry.leases.max_silence_ttls", maxSilenceTtls, 1, 100);
        pauseTolerance = SettingConstraints.between(
                "registry.leases.pause_tolerance", pauseTolerance, Duration.ofMillis(200), Duration.ofSeconds(5));
    }
}
