package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * How long writes are remembered by the keys that their callers gave them.
 *
 * @param idempotencyRetention 1 m to 30 days; for so long a write that is sent again is answered as it was
 * @param idempotencyKeysPerPrincipal 1 to 1,000,000,000; new ones of one principal within a retention; one more is refused for now
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

    public static IdempotencySettings defaults() {
        return new IdempotencySettings(Duration.ofHours(24), 1_000_000);
    }
}
