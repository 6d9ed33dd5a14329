package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Limits of failed authentication.
 *
 * @param maxFailures 1 to 1,000,000; attempts of one network (IPv4 address or IPv6 /64) with wrong credentials within
 *     the window; then its credentials are no longer verified
 * @param window 1 s to 24 h; time window of the attempts
 */
@ConfigurationProperties("service-discovery.auth.login")
public record LoginSettings(
        int maxFailures, @DurationUnit(ChronoUnit.SECONDS) Duration window) {

    public LoginSettings {
        maxFailures = SettingConstraints.between("auth.login.max_failures", maxFailures, 1, 1_000_000);
        window = SettingConstraints.between("auth.login.window", window, Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
