package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.Nullable;

/** A setting that can't be used. The message is one line with the key as it is written in the file, the value and what was expected. */
public final class InvalidSettingException extends IllegalArgumentException {

    private final transient @Nullable String key;

    private InvalidSettingException(@Nullable String key, String message) {
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
    public static InvalidSettingException of(String key, @Nullable Object value, String expected) {
        return new InvalidSettingException(
                key, key + (value == null ? " is missing" : " is '" + value + "'") + ", expected " + expected);
    }

    /** For a value that must not be shown. */
    static InvalidSettingException hidden(String key, String expected) {
        return new InvalidSettingException(
                key, key + " is set to a value that can't be used (not shown), expected " + expected);
    }

    /** For a record that refuses its values in its own words. */
    static InvalidSettingException section(String section, Throwable refusal) {
        return new InvalidSettingException(null, section + ": " + refusal.getMessage());
    }

    /** For a line that says it all, and shows no secret. */
    static InvalidSettingException line(String line) {
        return new InvalidSettingException(null, line);
    }

    /** For a value with a reference that can't be followed. */
    static InvalidSettingException placeholder(String key, String problem) {
        return new InvalidSettingException(key, key + " holds a placeholder that can't be used: " + problem);
    }

    static InvalidSettingException unknown(String key, String where, @Nullable String nearest) {
        String hint =
                nearest == null ? "expected a key of config/service-discovery.yaml" : "did you mean '" + nearest + "'?";
        return new InvalidSettingException(null, key + " (" + where + ") is not a setting, " + hint);
    }

    /** For a single value where a section is. */
    static InvalidSettingException notASection(String key, String where) {
        return new InvalidSettingException(
                null, key + " (" + where + ") has a value of its own, expected keys below it");
    }

    /** For several values where one is. */
    static InvalidSettingException notAList(String key, String where) {
        return new InvalidSettingException(null, key + " (" + where + ") is a list, expected a single value");
    }

    static InvalidSettingException file(String file, String problem) {
        return new InvalidSettingException(null, "The configuration file '" + file + "' " + problem);
    }

    /** The key whose value is to blame; null if there is no single one. */
    @Nullable
    String key() {
        return key;
    }
}
