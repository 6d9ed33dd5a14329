package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/**
 * Describes one key of {@code config/service-discovery.yaml}.
 *
 * @param name name as in the file, such as {@code registry.registration.default_ttl}
 * @param type type of the record component that the key is bound to
 * @param bounds bounds such as {@code 1s to 1h}, {@code 1 to max_batch_size} or {@code one of a, b}; empty if there are
 *     none
 * @param defaultValue default as in the file, including quotation marks
 * @param effect effect of the setting
 */
record SettingKey(String name, Class<?> type, String bounds, String defaultValue, String effect) {

    /** Returns the name of the property. */
    String property() {
        return SettingsBinder.PREFIX + SettingNames.canonical(name);
    }

    /** Returns true if the value is a list, whose elements a file may contain as separate keys. */
    boolean isList() {
        return type == List.class;
    }

    /** Returns true if the value must not be shown. */
    boolean isSecret() {
        return type == String.class && name.endsWith("secret");
    }

    /** Returns true if the value may contain a password. */
    boolean isUrl() {
        return name.endsWith("url");
    }

    /** Returns the kind of the values, in words. */
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
                            .map(constant -> SettingNames.toFileNotation(constant.toString()))
                            .collect(Collectors.joining(", "));
        }
        return isList() ? "list" : "text";
    }
}
