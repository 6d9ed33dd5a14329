package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of idempotency keys.
 *
 * @param idempotencyRetention 1 min to 30 d; how long a repeated write gets the stored reply
 * @param idempotencyKeysPerPrincipal 1 to 1,000,000,000; allowance of new keys of one principal within the retention,
 *     refilled continuously; a further key is refused while the allowance is used up
 */
@ConfigurationProperties("service-discovery.event-store")
public record IdempotencySettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration idempotencyRetention, int idempotencyKeysPerPrincipal) {

    public IdempotencySettings {
        idempotencyRetention = SettingConstraints.between(
                "event_store.idempotency_retention", idempotencyRetention, Duration.ofMinutes(1), Duration.ofDays(30));
        idempotencyKeysPerPrincipal = SettingConstraints.between(
                "event_store.idempotency_keys_per_principal", idempotencyKeysPerPrincipal, 1, 1_000_000_000);
    }

    /** Returns a retention of 24 hours and 1,000,000 keys per principal. */
    public static IdempotencySettings defaults() {
        return new IdempotencySettings(Duration.ofHours(24), 1_000_000);
    }
}
