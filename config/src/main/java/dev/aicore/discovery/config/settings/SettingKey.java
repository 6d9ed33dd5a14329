package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/**
 * One key of {@code config/service-discovery.yaml}.
 *
 * @param name         as the file writes it, such as {@code registry.registration.default_ttl}
 * @param type         of the value that it is bound to
 * @param bounds       such as {@code 1s to 1h}, {@code 1 to batch_max}, {@code one of a, b}; empty if there are none to tell
 * @param defaultValue as the file writes it, quotation marks included
 * @param effect       what it does
 */
record SettingKey(String name, Class<?> type, String bounds, String defaultValue, String effect) {

    /** As properties call it. */
    String property() {
        return SettingsBinder.PREFIX + SettingNames.canonical(name);
    }

    /** Whose elements a file may write one by one. */
    boolean isList() {
        return type == List.class;
    }

    /** Whether nobody is to read it. */
    boolean isSecret() {
        return type == String.class && name.endsWith("secret");
    }

    /** Whether it may hold a password between other things. */
    boolean isUrl() {
        return name.endsWith("url");
    }

    /** What values look like, in words. */
    String kind() {
        if (type == Duration.class) {
            return "duration";
        }
        if (type == DataSize.class) {
            return "size";
        }
        if (type == int.class) {
            return "whole number";
        }
        if (type == double.class) {
            return "number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == Path.class) {
            return "path";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> SettingNames.written(constant.toString()))
                            .collect(Collectors.joining(", "));
        }
        return isList() ? "list" : "text";
    }
}
