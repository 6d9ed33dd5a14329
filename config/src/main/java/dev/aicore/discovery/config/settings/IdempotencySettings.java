package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * How long writes are remembered by the keys that their callers gave them.
 *
 * @param idempotencyRetention 1 m to 30 days; for so long a write that is sent again is answered as it was
 */
@ConfigurationProperties("service-discovery.event-store")
public record IdempotencySettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration idempotencyRetention) {

    public IdempotencySettings {
        idempotencyRetention = Bounds.between(
                "event_store.idempotency_retention", idempotencyRetention, Duration.ofMinutes(1), Duration.ofDays(30));
    }

    public static IdempotencySettings defaults() {
        return new IdempotencySettings(Duration.ofHours(24));
    }
}
