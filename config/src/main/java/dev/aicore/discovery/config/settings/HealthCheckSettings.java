package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of health checks, and the defaults of checks that don't declare them. {@code renewLeases} is always false if
 * {@code enabled} is false. An empty {@code scriptsDirectory} is null.
 *
 * @param enabled false = no active checks
 * @param renewLeases true = a passed active check counts as a heartbeat, and the lease lasts at least two intervals and
 *     a timeout
 * @param maxConcurrentChecks 1 to 100000; maximum number of active checks that run at the same time; further due checks
 *     run late
 * @param deregisterAfter 1s to 365d; time after which an instance without a lease (ttl 0) is removed if its checks
 *     found it unhealthy throughout
 * @param defaultInterval 1s to 24h; time between two checks of an instance whose check states no interval
 * @param timeout 100ms to default_interval; maximum duration of a check; a longer one has failed
 * @param failureThreshold 1 to 100; consecutive failures that make an instance unhealthy
 * @param successThreshold 1 to 100; consecutive passes that make an instance healthy again
 * @param scriptsDirectory absolute path of the directory whose executable files checks of type script may name; empty =
 *     no such checks. A user who can write to it can run programs as the registry's user
 */
@ConfigurationProperties("service-discovery.registry.health-checks")
public record HealthCheckSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean renewLeases,
        @DefaultValue("1000") int maxConcurrentChecks,

        @DefaultValue("24h") @DurationUnit(ChronoUnit.SECONDS)
        Duration deregisterAfter,

        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS)
        Duration defaultInterval,

        @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS)
        Duration timeout,

        @DefaultValue("3") int failureThreshold,
        @DefaultValue("2") int successThreshold,
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
     * @param window 1s to 24h; time window of the health changes
     * @param factor 1 to 100; after more changes, an instance needs this many times its consecutive passes to become
     *     healthy again; 1 = no damping
     */
    @ConfigurationProperties("service-discovery.registry.damping")
    public record DampingSettings(
            @DefaultValue("5") int changes,

            @DefaultValue("10m") @DurationUnit(ChronoUnit.SECONDS)
            Duration window,

            @DefaultValue("3") int factor) {

        public DampingSettings {
            changes = SettingConstraints.between("registry.damping.changes", changes, 1, 15);
            window = SettingConstraints.between(
                    "registry.damping.window", window, Duration.ofSeconds(1), Duration.ofDays(1));
            factor = SettingConstraints.between("registry.damping.factor", factor, 1, 100);
        }
    }
}
