package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationKey;

/**
 * Keys that a caller reads.
 *
 * @param text a key, or a prefix of keys
 * @param isPrefix true for all keys that begin with the text; empty selects every key then
 * @param withValues false if only the names of the keys are read
 */
public record KeySelection(String text, boolean isPrefix, boolean withValues) {

    /** Selects nothing, and never changes: no key is empty. */
    public static final KeySelection NOTHING = key("");

    /** Returns the selection of one key, with its value. */
    public static KeySelection key(String key) {
        return new KeySelection(key, false, true);
    }

    /** Returns the selection of the keys below a prefix. */
    public static KeySelection prefix(String prefix, boolean withValues) {
        return new KeySelection(prefix, true, withValues);
    }

    /** Returns true if a key is selected. */
    boolean selects(String key) {
        return isPrefix ? key.startsWith(text) : key.equals(text);
    }

    /**
     * Services whose configurations are selected.
     *
     * @param text a name, or a prefix of names; the name is empty, which no service has, if there are none
     */
    record ServiceSelection(String text, boolean isPrefix) {

        static final ServiceSelection NONE = new ServiceSelection("", false);
    }

    /** Returns the services whose configurations are selected. */
    ServiceSelection services() {
        if (!isPrefix) {
            var service = ConfigurationKey.serviceOf(text);
            return service == null ? ServiceSelection.NONE : new ServiceSelection(service, false);
        }
        if (ConfigurationKey.PREFIX.startsWith(text)) {
            return new ServiceSelection("", true);
        }
        if (!text.startsWith(ConfigurationKey.PREFIX)) {
            return ServiceSelection.NONE;
        }
        var rest = text.substring(ConfigurationKey.PREFIX.length());
        int end = rest.indexOf('/');
        if (end < 0) {
            return new ServiceSelection(rest, true);
        }
        return ConfigurationKey.SUFFIX.startsWith(rest.substring(end))
                ? new ServiceSelection(rest.substring(0, end), false)
                : ServiceSelection.NONE;
    }
}
