package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of authentication by API keys.
 *
 * @param staleLimit 1 s to 24 h; how long keys are accepted while the event store, which reports revoked keys, is
 *     unavailable
 */
@ConfigurationProperties("service-discovery.auth.api-keys")
public record ApiKeySettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration staleLimit) {

    public ApiKeySettings {
        staleLimit = SettingConstraints.between(
                "auth.api_keys.stale_limit", staleLimit, Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
