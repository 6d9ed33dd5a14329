package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the records of denied requests.
 *
 * @param retention 1 d to 365 d; retention of the records
 */
@ConfigurationProperties("service-discovery.auth.denials")
public record DenialSettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration retention) {

    public DenialSettings {
        retention = SettingConstraints.between(
                "auth.denials.retention", retention, Duration.ofDays(1), Duration.ofDays(365));
    }
}
