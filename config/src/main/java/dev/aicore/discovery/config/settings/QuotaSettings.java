package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Quotas of instances and of their total size. Only new instances and larger declarations are refused, never what is
 * already registered. A size of 0 stands for a share of the heap, and is replaced by that size here.
 *
 * @param perService 1 to 10000000; maximum number of instances of one service. Above this and the following limits,
 *     registrations are 403 quota_exceeded; instances that are registered already are never refused
 * @param perPrincipal 1 to 10000000; maximum number of instances of one principal in one shard (event_store.shards);
 *     all instances of a service are in one shard
 * @param maxBytes 0B to 1000TB; maximum size of all instances; 0B = 40 % of the JVM's heap. An instance counts its
 *     declaration, as JSON, twice, its id, and 256 bytes for other data. One that was removed by expiry counts as long
 *     as it can be revived (registry.registration.revive_window)
 * @param maxBytesPerShard 0B to 1000TB; maximum size of one shard, which is loaded and written in one piece; 0B = 22 %
 *     of the heap
 * @param maxBytesPerService 0B to 1000TB; maximum size of one service; 0B = 20 % of the heap
 * @param maxBytesPerPrincipal 0B to 1000TB; maximum size of one principal's instances, over all shards; 0B = 18 % of
 *     the heap
 */
@ConfigurationProperties("service-discovery.quotas")
public record QuotaSettings(
        @DefaultValue("100000") int perService,
        @DefaultValue("100000") int perPrincipal,
        @DefaultValue("0B") DataSize maxBytes,
        @DefaultValue("0B") DataSize maxBytesPerShard,
        @DefaultValue("0B") DataSize maxBytesPerService,
        @DefaultValue("0B") DataSize maxBytesPerPrincipal) {

    private static final String PREFIX = "quotas.";

    public QuotaSettings {
        perService = SettingConstraints.between(PREFIX + "per_service", perService, 1, 10_000_000);
        perPrincipal = SettingConstraints.between(PREFIX + "per_principal", perPrincipal, 1, 10_000_000);
        maxBytes = bytes("max_bytes", maxBytes, 40);
        maxBytesPerShard = bytes("max_bytes_per_shard", maxBytesPerShard, 22);
        maxBytesPerService = bytes("max_bytes_per_service", maxBytesPerService, 20);
        maxBytesPerPrincipal = bytes("max_bytes_per_principal", maxBytesPerPrincipal, 18);
    }

    private static DataSize bytes(String key, @Nullable DataSize size, int percentOfHeap) {
        var bounded = SettingConstraints.between(PREFIX + key, size, DataSize.ofBytes(0), DataSize.ofTerabytes(1_000));
        return HeapShare.orPercent(bounded, percentOfHeap);
    }
}
