package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the log.
 *
 * @param level one of {@link #LEVELS}
 * @param format {@code json} for one object per line, or {@code text}
 * @param file path of the log file; null for standard error
 * @param maxFileSize 1 MB to 10 GB; a larger file is rotated
 * @param maxFiles 1 to 20; number of rotated files; the oldest is deleted
 */
@ConfigurationProperties("service-discovery.monitoring.logging")
public record LoggingSettings(
        String level, String format, @Nullable Path file, DataSize maxFileSize, int maxFiles) {

    public static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");

    private static final String PREFIX = "monitoring.logging.";

    public LoggingSettings {
        level = SettingConstraints.oneOf(PREFIX + "level", level, LEVELS);
        format = SettingConstraints.oneOf(PREFIX + "format", format, List.of("json", "text"));
        file = file == null || file.toString().isBlank() ? null : file;
        maxFileSize = SettingConstraints.between(
                PREFIX + "max_file_size", maxFileSize, DataSize.ofMegabytes(1), DataSize.ofGigabytes(10));
        maxFiles = SettingConstraints.between(PREFIX + "max_files", maxFiles, 1, 20);
    }
}
