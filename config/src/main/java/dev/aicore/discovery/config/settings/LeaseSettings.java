package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The brake on mass expiry, and its end.
 *
 * @param expiryCap     above 0 up to 1; the share of a service that may expire within one TTL window. 1 turns the brake off
 * @param silenceFactor 1 to 100; after this many TTLs of silence an overdue instance expires whatever the cap says
 */
@ConfigurationProperties("service-discovery.registry.leases")
public record LeaseSettings(double expiryCap, int silenceFactor) {

    public LeaseSettings {
        expiryCap = Bounds.between("registry.leases.expiry_cap", expiryCap, 0.001, 1.0);
        silenceFactor = Bounds.between("registry.leases.silence_factor", silenceFactor, 1, 100);
    }
}
