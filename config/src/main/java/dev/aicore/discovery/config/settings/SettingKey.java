package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Describes one key.
 *
 * @param name name as in a file of settings, such as {@code registry.registration.default_ttl}
 * @param type type of the record component that the key is bound to
 * @param defaultValue value of a key that is not set, the elements of a list with commas between them; empty for an
 *     empty list, and for a component that is null by default
 */
record SettingKey(String name, Class<?> type, String defaultValue) {

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
        return type == String.class && (name.endsWith("secret") || name.endsWith("token"));
    }

    /** Returns true if the value may contain a password. */
    boolean isUrl() {
        return name.endsWith("url");
    }

    /** Returns a value as it is written in a file of settings, such as {@code "text"}, {@code 30s} or {@code ["a"]}. */
    String written(String value) {
        if (isList()) {
            return Arrays.stream(value.split(","))
                    .filter(element -> !element.isBlank())
                    .map(element -> quoted(element.strip()))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return type == String.class || type == Path.class || type.isEnum() ? quoted(value) : value;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
