package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * The brake on instances whose health turns to and fro.
 *
 * @param changes 1 to 15 turns within the window are let pass
 * @param window 1 s to 24 h
 * @param factor 1 to 100 times as many passes in a row bring back an instance that has turned more often; 1 = no brake
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
