package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of damping: instances whose health changes too often need more passes to become healthy again.
 *
 * @param changes 1 to 15; number of health changes within the window that remain without effect
 * @param window 1 s to 24 h; time window of the changes
 * @param factor 1 to 100; factor on the required consecutive passes after more changes; 1 turns damping off
 */
@ConfigurationProperties("service-discovery.registry.damping")
public record DampingSettings(
        int changes, @DurationUnit(ChronoUnit.SECONDS) Duration window, int factor) {

    public DampingSettings {
        changes = SettingConstraints.between("registry.damping.changes", changes, 1, 15);
        window = SettingConstraints.between(
                "registry.damping.window", window, Duration.ofSeconds(1), Duration.ofDays(1));
        factor = SettingConstraints.between("registry.damping.factor", factor, 1, 100);
    }
}
