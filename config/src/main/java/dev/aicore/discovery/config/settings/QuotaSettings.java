package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Quotas of instances and of their total size. Only new instances and larger declarations are refused, never what is
 * already registered. A size of 0 stands for a share of the heap, and is replaced by that size here.
 *
 * @param perService 1 to 10,000,000; instances of one service
 * @param perPrincipal 1 to 10,000,000; instances of one principal in one shard; all instances of a service are in one
 *     shard
 * @param maxBytes 0 to 1,000 TB; size of all instances; 0 stands for 40 % of the heap
 * @param maxBytesPerShard 0 to 1,000 TB; size of the instances of one shard, whose snapshot is written in one piece; 0
 *     stands for 22 % of the heap
 * @param maxBytesPerService 0 to 1,000 TB; size of the instances of one service; 0 stands for 20 % of the heap
 * @param maxBytesPerPrincipal 0 to 1,000 TB; size of the instances of one principal, over all shards; 0 stands for 18 %
 *     of the heap
 */
@ConfigurationProperties("service-discovery.quotas")
public record QuotaSettings(
        int perService,
        int perPrincipal,
        DataSize maxBytes,
        DataSize maxBytesPerShard,
        DataSize maxBytesPerService,
        DataSize maxBytesPerPrincipal) {

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
