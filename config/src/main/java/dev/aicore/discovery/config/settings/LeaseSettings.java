package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * The brake on mass expiry, and its end.
 *
 * @param expiryCap     above 0 up to 1; the share of a service that may expire within one TTL window. 1 turns the brake off
 * @param silenceFactor 1 to 100; after this many TTLs of silence an overdue instance expires whatever the cap says
 * @param pauseTolerance 200 ms to 5 s; a longer standstill of the registry itself grants every lease a whole TTL
 */
@ConfigurationProperties("service-discovery.registry.leases")
public record LeaseSettings(
        double expiryCap,
        int silenceFactor,
        @DurationUnit(ChronoUnit.SECONDS) Duration pauseTolerance) {

    public LeaseSettings {
        expiryCap = SettingConstraints.between("registry.leases.expiry_cap", expiryCap, 0.001, 1.0);
        silenceFactor = SettingConstraints.between("registry.leases.silence_factor", silenceFactor, 1, 100);
        pauseTolerance = SettingConstraints.between(
                "registry.leases.pause_tolerance", pauseTolerance, Duration.ofMillis(200), Duration.ofSeconds(5));
    }
}
