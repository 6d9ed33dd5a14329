package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of health checks, and the defaults of checks that don't declare them.
 *
 * @param enabled false runs no active checks
 * @param renewLeases true if a passed active check counts as a heartbeat; always false if {@code enabled} is false
 * @param maxConcurrentChecks 1 to 100,000; maximum number of active checks that run at the same time; further due
 *     checks run late
 * @param deregisterAfter 1 s to 365 d; how long checks may find an instance without a lease unhealthy before it is
 *     removed
 * @param defaultInterval 1 s to 24 h; default interval between two checks of an instance
 * @param timeout 100 ms to {@code defaultInterval}; default time after which a check fails
 * @param failureThreshold 1 to 100; default number of consecutive failures that make an instance unhealthy
 * @param successThreshold 1 to 100; default number of consecutive passes that make an instance healthy again
 * @param scriptsDirectory absolute path of the directory whose files {@code script} checks may run; null runs no
 *     scripts
 */
@ConfigurationProperties("service-discovery.registry.health-checks")
public record HealthCheckSettings(
        boolean enabled,
        boolean renewLeases,
        int maxConcurrentChecks,
        @DurationUnit(ChronoUnit.SECONDS) Duration deregisterAfter,
        @DurationUnit(ChronoUnit.SECONDS) Duration defaultInterval,
        @DurationUnit(ChronoUnit.SECONDS) Duration timeout,
        int failureThreshold,
        int successThreshold,
        @Nullable Path scriptsDirectory) {

    private static final String PREFIX = "registry.health_checks.";

    public HealthCheckSettings {
        renewLeases = renewLeases && enabled;
        maxConcurrentChecks =
                SettingConstraints.between(PREFIX + "max_concurrent_checks", maxConcurrentChecks, 1, 100_000);
        deregisterAfter = SettingConstraints.between(
                PREFIX + "deregister_after", deregisterAfter, Duration.ofSeconds(1), Duration.ofDays(365));
        defaultInterval = SettingConstraints.between(
                PREFIX + "default_interval", defaultInterval, Duration.ofSeconds(1), Duration.ofDays(1));
        timeout = SettingConstraints.between(PREFIX + "timeout", timeout, Duration.ofMillis(100), defaultInterval);
        failureThreshold = SettingConstraints.between(PREFIX + "failure_threshold", failureThreshold, 1, 100);
        successThreshold = SettingConstraints.between(PREFIX + "success_threshold", successThreshold, 1, 100);
        scriptsDirectory = directory(scriptsDirectory);
    }

    private static @Nullable Path directory(@Nullable Path directory) {
        if (directory == null || directory.toString().isBlank()) {
            return null;
        }
        if (!directory.isAbsolute()) {
            throw InvalidSettingException.of(PREFIX + "scripts_directory", directory, "an absolute path, or nothing");
        }
        return directory;
    }

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
}
