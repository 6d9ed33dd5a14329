package dev.aicore.discovery.api.configuration;

import org.jspecify.annotations.Nullable;

/**
 * Names the keys of the key/value store that belong to services, as Spring Cloud Consul does: {@code config/orders/…},
 * with a profile {@code config/orders,prod/…}. The key {@code config/orders/data} is the configuration of the service
 * {@code orders}.
 */
public final class ConfigurationKey {

    /** Begins all keys of services. */
    public static final String PREFIX = "config/";

    /** Ends the keys of configurations. */
    public static final String SUFFIX = "/data";

    private static final char PROFILE_SEPARATOR = ',';

    private ConfigurationKey() {}

    /** Returns the key of a service's configuration. */
    public static String of(String service) {
        return PREFIX + service + SUFFIX;
    }

    /**
     * Returns the service whose configuration a key is; null for any other key. The name need not be one that a service
     * can have.
     */
    public static @Nullable String serviceOf(String key) {
        var owner = ownerOf(key);
        return owner != null && key.equals(of(owner)) ? owner : null;
    }

    /**
     * Returns the service below whose folder a key or a prefix is, with or without a profile; null if there is none.
     */
    public static @Nullable String ownerOf(String key) {
        int end = key.startsWith(PREFIX) ? key.indexOf('/', PREFIX.length()) : -1;
        if (end < 0) {
            return null;
        }
        var folder = key.substring(PREFIX.length(), end);
        int separator = folder.indexOf(PROFILE_SEPARATOR);
        return separator < 0 ? folder : folder.substring(0, separator);
    }
}
