package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the records of denied requests.
 *
 * @param keptFor 1 d to 365 d; retention of the records
 */
@ConfigurationProperties("service-discovery.auth.denials")
public record DenialSettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration keptFor) {

    public DenialSettings {
        keptFor =
                SettingConstraints.between("auth.denials.kept_for", keptFor, Duration.ofDays(1), Duration.ofDays(365));
    }
}
