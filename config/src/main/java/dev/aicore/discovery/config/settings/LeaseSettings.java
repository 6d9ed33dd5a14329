package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of self-preservation and of lease extension.
 *
 * @param maxExpiringShare 0.001 to 1; share of a service that may expire within one TTL; 1 turns self-preservation off
 * @param maxSilenceTtls 1 to 100; number of silent TTLs after which an overdue instance expires regardless of the cap
 * @param pauseTolerance 200 ms to 5 s; a longer pause of the registry itself extends every lease by a whole TTL
 */
@ConfigurationProperties("service-discovery.registry.leases")
public record LeaseSettings(
        double maxExpiringShare,
        int maxSilenceTtls,
        @DurationUnit(ChronoUnit.SECONDS) Duration pauseTolerance) {

    public LeaseSettings {
        maxExpiringShare =
                SettingConstraints.between("registry.leases.max_expiring_share", maxExpiringShare, 0.001, 1.0);
        maxSilenceTtls = SettingConstraints.between("registry.leases.max_silence_ttls", maxSilenceTtls, 1, 100);
        pauseTolerance = SettingConstraints.between(
                "registry.leases.pause_tolerance", pauseTolerance, Duration.ofMillis(200), Duration.ofSeconds(5));
    }
}
