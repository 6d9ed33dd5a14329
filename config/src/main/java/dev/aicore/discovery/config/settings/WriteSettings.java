package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of batching: how writes are collected before they are appended. {@link EventStoreSettings} configures the
 * append itself in the same section.
 *
 * @param kind {@code postgres}
 * @param maxLinger 0 s to 1 s; maximum linger of check results, batches of heartbeats, call reports and expiries, which
 *     wait for others to share their commit. All other writes are not delayed
 * @param minBatchSize 1 to {@code maxBatchSize}; number of waiting writes of a shard that are decided at once without
 *     further linger
 * @param maxBatchSize 1 to 100,000; maximum size of a shard's batch
 * @param maxQueueSize {@code maxBatchSize} to 10,000,000; maximum number of writes that wait for a shard; further
 *     writes are refused
 * @param snapshotEvery 16 to 1,000,000; minimum number of events of a shard between two snapshots; the number of its
 *     instances if that is higher
 * @param maxQueueBytes 0 to 1 TB; maximum size of the writes of all shards that are not durable yet; further writes are
 *     refused. 0 stands for 3 % of the heap and is replaced by that size here
 */
@ConfigurationProperties("service-discovery.event-store")
public record WriteSettings(
        String kind,
        @DurationUnit(ChronoUnit.SECONDS) Duration maxLinger,
        int minBatchSize,
        int maxBatchSize,
        int maxQueueSize,
        int snapshotEvery,
        DataSize maxQueueBytes) {

    private static final String PREFIX = "event_store.";

    public WriteSettings {
        kind = SettingConstraints.oneOf(PREFIX + "kind", kind, List.of("postgres"));
        maxLinger = SettingConstraints.between(PREFIX + "max_linger", maxLinger, Duration.ZERO, Duration.ofSeconds(1));
        maxBatchSize = SettingConstraints.between(PREFIX + "max_batch_size", maxBatchSize, 1, 100_000);
        minBatchSize = SettingConstraints.between(PREFIX + "min_batch_size", minBatchSize, 1, maxBatchSize);
        maxQueueSize = SettingConstraints.between(PREFIX + "max_queue_size", maxQueueSize, maxBatchSize, 10_000_000);
        maxQueueBytes = HeapShare.orPercent(
                SettingConstraints.between(
                        PREFIX + "max_queue_bytes", maxQueueBytes, DataSize.ofBytes(0), DataSize.ofTerabytes(1)),
                3);
        snapshotEvery = SettingConstraints.between(PREFIX + "snapshot_every", snapshotEvery, 16, 1_000_000);
    }
}
