package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * Describes one key.
 *
 * @param name name as in a file of settings, such as {@code registry.registration.default_ttl}
 * @param type type of the record component that the key is bound to
 */
record SettingKey(String name, Class<?> type) {

    /** Returns the name of the property. */
    String property() {
        return SettingsBinder.PREFIX + SettingNames.canonical(name);
    }

    /** Returns true if the value is a list, whose elements a file may contain as separate keys. */
    boolean isList() {
        return type == List.class;
    }

    /** Returns true if the value is a text, which is quoted in a file. */
    boolean isText() {
        return type == String.class || type == Path.class || type.isEnum();
    }

    /** Returns true if the value must not be shown. */
    boolean isSecret() {
        return type == String.class && name.endsWith("secret");
    }

    /** Returns true if the value may contain a password. */
    boolean isUrl() {
        return name.endsWith("url");
    }
}
