package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.Nullable;

/** A setting that can't be used. The message is one line with the key as it is written in the file, the value and what was expected. */
public final class InvalidSetting extends IllegalArgumentException {

    private final transient @Nullable String key;

    private InvalidSetting(@Nullable String key, String message) {
        super(message);
        this.key = key;
    }

    /**
     * For a value that may be shown.
     *
     * @param key      as written in the file, such as {@code registry.registration.default_ttl}
     * @param value    what was found, null if nothing was; never a secret
     * @param expected what would be accepted, such as {@code a number from 1 to 65535}
     */
    public static InvalidSetting of(String key, @Nullable Object value, String expected) {
        return new InvalidSetting(
                key, key + (value == null ? " is missing" : " is '" + value + "'") + ", expected " + expected);
    }

    /** For a value that must not be shown. */
    static InvalidSetting hidden(String key, String expected) {
        return new InvalidSetting(key, key + " is set to a value that can't be used (not shown), expected " + expected);
    }

    /** For a record that refuses its values in its own words. */
    static InvalidSetting section(String section, Throwable refusal) {
        return new InvalidSetting(null, section + ": " + refusal.getMessage());
    }

    /** For a line that says it all, and shows no secret. */
    static InvalidSetting line(String line) {
        return new InvalidSetting(null, line);
    }

    /** For a value with a reference that can't be followed. */
    static InvalidSetting placeholder(String key, String problem) {
        return new InvalidSetting(key, key + " holds a placeholder that can't be used: " + problem);
    }

    static InvalidSetting unknown(String key, String where, @Nullable String nearest) {
        String hint =
                nearest == null ? "expected a key of config/service-discovery.yaml" : "did you mean '" + nearest + "'?";
        return new InvalidSetting(null, key + " (" + where + ") is not a setting, " + hint);
    }

    /** For a single value where a section is. */
    static InvalidSetting notASection(String key, String where) {
        return new InvalidSetting(null, key + " (" + where + ") has a value of its own, expected keys below it");
    }

    /** For several values where one is. */
    static InvalidSetting notAList(String key, String where) {
        return new InvalidSetting(null, key + " (" + where + ") is a list, expected a single value");
    }

    static InvalidSetting file(String file, String problem) {
        return new InvalidSetting(null, "The configuration file '" + file + "' " + problem);
    }

    /** The key whose value is to blame; null if there is no single one. */
    @Nullable
    String key() {
        return key;
    }
}
