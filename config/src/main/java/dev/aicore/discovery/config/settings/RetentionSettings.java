package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the retention of observations. Facts are kept permanently.
 *
 * @param retention 1 s to 3,650 d; age after which observations are dropped
 * @param maxBytes 1 MB to 1,000 TB; size above which the oldest observations are dropped earlier
 * @param archive absolute path of the directory that observations are written to before they are dropped; null for no
 *     archive
 * @param retentionInterval 1 s to 1 d; interval between two runs
 */
@ConfigurationProperties("service-discovery.event-store")
public record RetentionSettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration retention,
        DataSize maxBytes,
        @Nullable Path archive,
        @DurationUnit(ChronoUnit.SECONDS) Duration retentionInterval) {

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
