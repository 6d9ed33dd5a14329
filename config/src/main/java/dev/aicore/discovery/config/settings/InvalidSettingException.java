package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * Signals an invalid setting. The message is one line with the key as written in the file, the value and the expected
 * values.
 */
public final class InvalidSettingException extends IllegalArgumentException {

    private final transient @Nullable String key;

    private InvalidSettingException(@Nullable String key, String message) {
        super(message);
        this.key = key;
    }

    /**
     * Returns the exception for a value that may be shown.
     *
     * @param key key as written in the file, such as {@code registry.registration.default_ttl}
     * @param value the value, never a secret; null if it is missing
     * @param expected the accepted values, such as {@code a number from 1 to 65535}
     */
    public static InvalidSettingException of(String key, @Nullable Object value, String expected) {
        return new InvalidSettingException(
                key, key + (value == null ? " is missing" : " is '" + value + "'") + ", expected " + expected);
    }

    /** Returns the exception for a value that must not be shown. */
    static InvalidSettingException withoutValue(String key, String expected) {
        return new InvalidSettingException(key, key + " has an invalid value (not shown), expected " + expected);
    }

    /** Returns the exception for a settings record that refuses its values with a message of its own. */
    static InvalidSettingException section(String section, Throwable refusal) {
        return new InvalidSettingException(null, section + ": " + refusal.getMessage());
    }

    /** Returns the exception with a complete message that shows no secret. */
    static InvalidSettingException line(String line) {
        return new InvalidSettingException(null, line);
    }

    /** Returns the exception for a value with an unresolvable placeholder. */
    static InvalidSettingException placeholder(String key, String problem) {
        return new InvalidSettingException(key, key + " has an invalid placeholder: " + problem);
    }

    /**
     * Returns the exception for an unknown key.
     *
     * @param where origin of the key
     * @param nearest the most similar known key; null if there is none
     */
    static InvalidSettingException unknown(String key, String where, @Nullable String nearest) {
        String hint =
                nearest == null ? "expected a key of config/service-discovery.yaml" : "did you mean '" + nearest + "'?";
        return new InvalidSettingException(null, key + " (" + where + ") is not a setting, " + hint);
    }

    /** Returns the exception for a single value in place of a section. */
    static InvalidSettingException notASection(String key, String where) {
        return new InvalidSettingException(null, key + " (" + where + ") is a single value, expected a section");
    }

    /** Returns the exception for a list in place of a single value. */
    static InvalidSettingException notAList(String key, String where) {
        return new InvalidSettingException(null, key + " (" + where + ") is a list, expected a single value");
    }

    /** Returns the exception for a configuration file that can't be used. */
    static InvalidSettingException file(String file, String problem) {
        return new InvalidSettingException(null, "The configuration file '" + file + "' " + problem);
    }

    /** Returns the key of the invalid value; null if there is no single key. */
    @Nullable
    String key() {
        return key;
    }
}
