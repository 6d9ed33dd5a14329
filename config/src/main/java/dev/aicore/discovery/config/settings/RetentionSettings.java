package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the retention of observations. Facts are kept permanently. An empty {@code archive} is null.
 *
 * @param retention 1s to 3650d; age after which observations (heartbeats, check results) are dropped; facts are never
 *     dropped
 * @param maxBytes 1MB to 1000TB; size of the observations above which the oldest ones are dropped before that age
 * @param archive absolute path of the directory that observations are written to before they are dropped; empty = no
 *     archive
 * @param retentionInterval 1s to 1d; interval of the checks for observations that can be dropped
 */
@ConfigurationProperties("service-discovery.event-store")
public record RetentionSettings(
        @DefaultValue("7d") @DurationUnit(ChronoUnit.SECONDS)
        Duration retention,

        @DefaultValue("20GB") DataSize maxBytes,
        @Nullable Path archive,

        @DefaultValue("1h") @DurationUnit(ChronoUnit.SECONDS)
        Duration retentionInterval) {

    private static final String PREFIX = "event_store.";

    public RetentionSettings {
        retention = SettingConstraints.between(
                PREFIX + "retention", retention, Duration.ofSeconds(1), Duration.ofDays(3650));
        maxBytes = SettingConstraints.between(
                PREFIX + "max_bytes", maxBytes, DataSize.ofMegabytes(1), DataSize.ofTerabytes(1_000));
        archive = directory(archive);
        retentionInterval = SettingConstraints.between(
                PREFIX + "retention_interval", retentionInterval, Duration.ofSeconds(1), Duration.ofDays(1));
    }

    private static @Nullable Path directory(@Nullable Path directory) {
        if (directory == null || directory.toString().isBlank()) {
            return null;
        }
        if (!directory.isAbsolute()) {
            throw InvalidSettingException.of(PREFIX + "archive", directory, "an absolute path, or nothing");
        }
        return directory;
    }
}
