package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the log. An empty {@code file} is null.
 *
 * @param level one of trace, debug, info, warn, error, off; level of the registry's own classes
 * @param format one of json, ecs, text; json = one object per line, as Logstash reads it; ecs = one object per line in
 *     the Elastic Common Schema
 * @param file path of the log file; empty = standard error
 * @param maxFileSize 1MB to 10GB; a larger file is renamed to FILE.1, and a new one is started
 * @param maxFiles 1 to 20; number of renamed files that are retained
 * @param maxLinesPerSecond 1 to 100000; maximum number of lines of each log event about instances, keys and
 *     configurations in a second; further ones are counted in a line lines_suppressed
 */
@ConfigurationProperties("service-discovery.monitoring.logging")
public record LoggingSettings(
        @DefaultValue("info") String level,
        @DefaultValue("text") String format,
        @Nullable Path file,
        @DefaultValue("16MB") DataSize maxFileSize,
        @DefaultValue("4") int maxFiles,
        @DefaultValue("100") int maxLinesPerSecond) {

    public static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");

    private static final String PREFIX = "monitoring.logging.";

    public LoggingSettings {
        level = SettingConstraints.oneOf(PREFIX + "level", level, LEVELS);
        format = SettingConstraints.oneOf(PREFIX + "format", format, List.of("json", "ecs", "text"));
        file = file == null || file.toString().isBlank() ? null : file;
        maxFileSize = SettingConstraints.between(
                PREFIX + "max_file_size", maxFileSize, DataSize.ofMegabytes(1), DataSize.ofGigabytes(10));
        maxFiles = SettingConstraints.between(PREFIX + "max_files", maxFiles, 1, 20);
        maxLinesPerSecond = SettingConstraints.between(PREFIX + "max_lines_per_second", maxLinesPerSecond, 1, 100_000);
    }
}
