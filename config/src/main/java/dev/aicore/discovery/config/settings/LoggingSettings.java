package dev.aicore.discovery.config.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What is logged, and how.
 *
 * @param level  one of {@link #LEVELS}
 * @param format {@code json}, an object per line, or {@code text}
 */
@ConfigurationProperties("service-discovery.monitoring.logging")
public record LoggingSettings(String level, String format) {

    public static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");

    public LoggingSettings {
        level = Bounds.oneOf("monitoring.logging.level", level, LEVELS);
        format = Bounds.oneOf("monitoring.logging.format", format, List.of("json", "text"));
    }
}
