package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of idempotency keys.
 *
 * @param idempotencyRetention 1m to 30d; time for which a write that is repeated under its Idempotency-Key gets the
 *     stored reply
 * @param idempotencyKeysPerPrincipal 1 to 1000000000; maximum number of new keys of one principal within
 *     idempotency_retention, refilled continuously; above it, 429 with Retry-After, and the write is not executed
 */
@ConfigurationProperties("service-discovery.event-store")
public record IdempotencySettings(
        @DefaultValue("24h") @DurationUnit(ChronoUnit.SECONDS)
        Duration idempotencyRetention,

        @DefaultValue("1000000") int idempotencyKeysPerPrincipal) {

    public IdempotencySettings {
        idempotencyRetention = SettingConstraints.between(
                "event_store.idempotency_retention", idempotencyRetention, Duration.ofMinutes(1), Duration.ofDays(30));
        idempotencyKeysPerPrincipal = SettingConstraints.between(
                "event_store.idempotency_keys_per_principal", idempotencyKeysPerPrincipal, 1, 1_000_000_000);
    }

    /** Returns the defaults. */
    public static IdempotencySettings defaults() {
        return SettingsBinder.defaults().get(IdempotencySettings.class);
    }
}
