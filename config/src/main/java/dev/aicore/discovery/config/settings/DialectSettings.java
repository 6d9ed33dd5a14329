package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of all dialects: protocols of other registries, for clients that speak nothing else.
 *
 * @param maxInstances 1 to 10000000; maximum number of instances of 2 KB, over all services, that each process keeps in
 *     memory, within 10 % of the heap, for answers that contain the whole registry; above it, such answers are refused.
 *     Nothing is kept before the first such request
 * @param sizeCheckInterval 1s to 1h; interval in which a registry that exceeds max_instances is read again
 * @param readTimeout 100ms to 1m; maximum time that an answer about the whole registry waits for the changes that must
 *     be in it
 * @param confirmationInterval 50ms to 10s; interval in which the DNS and xDS servers confirm a state that doesn't
 *     change
 * @param retryInterval 10ms to 10s; time after which the DNS and xDS servers read the state again if it is unknown
 */
@ConfigurationProperties("service-discovery.dialects")
public record DialectSettings(
        @DefaultValue("100000") int maxInstances,

        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS)
        Duration sizeCheckInterval,

        @DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS)
        Duration readTimeout,

        @DefaultValue("500ms") @DurationUnit(ChronoUnit.SECONDS)
        Duration confirmationInterval,

        @DefaultValue("200ms") @DurationUnit(ChronoUnit.SECONDS)
        Duration retryInterval) {

    public DialectSettings {
        maxInstances = SettingConstraints.between("dialects.max_instances", maxInstances, 1, 10_000_000);
        sizeCheckInterval = SettingConstraints.between(
                "dialects.size_check_interval", sizeCheckInterval, Duration.ofSeconds(1), Duration.ofHours(1));
        readTimeout = SettingConstraints.between(
                "dialects.read_timeout", readTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        confirmationInterval = SettingConstraints.between(
                "dialects.confirmation_interval", confirmationInterval, Duration.ofMillis(50), Duration.ofSeconds(10));
        retryInterval = SettingConstraints.between(
                "dialects.retry_interval", retryInterval, Duration.ofMillis(10), Duration.ofSeconds(10));
    }
}
