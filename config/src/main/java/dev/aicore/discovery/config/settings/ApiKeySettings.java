package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * How keys are taken.
 *
 * @param staleLimit 1 s to 24 h; for so long keys are taken while the event store, which tells of revoked ones, can't be seen
 */
@ConfigurationProperties("service-discovery.auth.api-keys")
public record ApiKeySettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration staleLimit) {

    public ApiKeySettings {
        staleLimit = SettingConstraints.between(
                "auth.api_keys.stale_limit", staleLimit, Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
