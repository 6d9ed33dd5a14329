package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Validates values in the compact constructors of settings records. Each method returns its value or throws
 * {@link InvalidSettingException}. Bounds are inclusive.
 */
public final class SettingConstraints {

    private SettingConstraints() {}

    public static Duration between(String key, @Nullable Duration value, Duration min, Duration max) {
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw InvalidSettingException.of(
                    key, value == null ? null : text(value), "a duration from " + text(min) + " to " + text(max));
        }
        return value;
    }

    public static int between(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw InvalidSettingException.of(key, value, "a whole number from " + min + " to " + max);
        }
        return value;
    }

    public static DataSize between(String key, @Nullable DataSize value, DataSize min, DataSize max) {
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw InvalidSettingException.of(
                    key, value == null ? null : value, "a size from " + text(min) + " to " + text(max));
        }
        return value;
    }

    public static double between(String key, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw InvalidSettingException.of(key, value, "a number from " + min + " to " + max);
        }
        return value;
    }

    public static String oneOf(String key, @Nullable String value, List<String> allowed) {
        if (value == null || !allowed.contains(value)) {
            throw InvalidSettingException.of(key, value, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    public static String matching(String key, @Nullable String value, String regex, String expected) {
        if (value == null || !value.matches(regex)) {
            throw InvalidSettingException.of(key, value, expected);
        }
        return value;
    }

    /**
     * Returns the value without surrounding whitespace; null if it is blank, because an empty value in a file or
     * variable means "not set".
     */
    static @Nullable String absentIfBlank(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String text(DataSize size) {
        return size.toTerabytes() > 0
                ? size.toTerabytes() + "TB"
                : size.toBytes() == 0 ? "0B" : size.toMegabytes() + "MB";
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
