package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of batching: how writes are collected before they are appended. {@link EventStoreSettings} configures the
 * append itself in the same section. A {@code maxQueueBytes} of 0 is replaced by the share of the heap that it stands
 * for.
 *
 * @param kind one of postgres; kind of the event store; there is no other so far
 * @param maxLinger 0 to 1s; maximum time for which check results, batches of heartbeats, call reports and expiries wait
 *     for more of their kind. A longer time means fewer bytes and commits, and later answers. All other writes are not
 *     delayed
 * @param minBatchSize 1 to max_batch_size; number of waiting writes of a shard that are decided at once, without
 *     further linger
 * @param maxBatchSize 1 to 100000; maximum number of writes in a batch of a shard
 * @param maxQueueSize max_batch_size to 10000000; maximum number of writes that wait for a shard; above it, 503 with
 *     Retry-After
 * @param snapshotEvery 16 to 1000000; minimum number of events between two snapshots of a shard; the number of its
 *     instances if that is higher
 * @param maxQueueBytes 0B to 1TB; maximum size of the writes of all shards that wait for their commit; above it, 503;
 *     0B = 3 % of the heap
 */
@ConfigurationProperties("service-discovery.event-store")
public record WriteSettings(
        @DefaultValue("postgres") String kind,

        @DefaultValue("50ms") @DurationUnit(ChronoUnit.SECONDS)
        Duration maxLinger,

        @DefaultValue("64") int minBatchSize,
        @DefaultValue("16384") int maxBatchSize,
        @DefaultValue("65536") int maxQueueSize,
        @DefaultValue("5000") int snapshotEvery,
        @DefaultValue("0B") DataSize maxQueueBytes) {

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
