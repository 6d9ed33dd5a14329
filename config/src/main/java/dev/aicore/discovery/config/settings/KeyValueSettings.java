package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the key/value store. Only writes that need more are refused, never what is stored already. A key counts for
 * the principal who stored its present value.
 *
 * @param maxKeys 1 to 1000000; maximum number of keys. Above this and the following limits, writes are 403
 *     quota_exceeded
 * @param maxBytes 1KB to 1TB; maximum size of all keys and values
 * @param maxKeysPerPrincipal 1 to 1000000; maximum number of keys of one principal
 * @param maxBytesPerPrincipal 1KB to 1TB; maximum size of one principal's keys and values
 * @param maxReadBytes 1MB to 1GB; maximum size of the values of one answer; above it, 422 answer_too_large
 */
@ConfigurationProperties("service-discovery.registry.key-values")
public record KeyValueSettings(
        @DefaultValue("10000") int maxKeys,
        @DefaultValue("64MB") DataSize maxBytes,
        @DefaultValue("5000") int maxKeysPerPrincipal,
        @DefaultValue("32MB") DataSize maxBytesPerPrincipal,
        @DefaultValue("8MB") DataSize maxReadBytes) {

    private static final String PREFIX = "registry.key_values.";
    private static final int MAX_KEYS = 1_000_000;

    public KeyValueSettings {
        maxKeys = SettingConstraints.between(PREFIX + "max_keys", maxKeys, 1, MAX_KEYS);
        maxBytes = bytes("max_bytes", maxBytes);
        maxKeysPerPrincipal =
                SettingConstraints.between(PREFIX + "max_keys_per_principal", maxKeysPerPrincipal, 1, MAX_KEYS);
        maxBytesPerPrincipal = bytes("max_bytes_per_principal", maxBytesPerPrincipal);
        maxReadBytes = SettingConstraints.between(
                PREFIX + "max_read_bytes", maxReadBytes, DataSize.ofMegabytes(1), DataSize.ofGigabytes(1));
    }

    private static DataSize bytes(String key, DataSize size) {
        return SettingConstraints.between(PREFIX + key, size, DataSize.ofKilobytes(1), DataSize.ofTerabytes(1));
    }
}
