package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * How writes are gathered before they are appended. The append itself has its own settings in the same section.
 *
 * @param kind          {@code postgres}
 * @param windowMax     0 s to 1 s; the longest that results of checks, batches of heartbeats, reported outcomes and expiries
 *                      wait for others to share their commit; all other writes wait for nobody
 * @param batchMin      1 up to {@code batchMax}; so many waiting writes of a shard leave at once
 * @param batchMax      1 to 100,000; no batch of a shard is larger
 * @param queueMax      {@code batchMax} to 10,000,000; writes that may wait for a shard; beyond, they are refused
 * @param snapshotEvery 16 to 1,000,000; the fewest events of a shard between two snapshots; as many as it has instances, if
 *                      those are more
 * @param maxQueueBytes 0 to 1 TB; what writes of all shards may say that aren't durable yet; beyond, they are refused; 0 is 3 % of the
 *                      heap, and is replaced by that here
 */
@ConfigurationProperties("service-discovery.event-store")
public record WriteSettings(
        String kind,
        @DurationUnit(ChronoUnit.SECONDS) Duration windowMax,
        int batchMin,
        int batchMax,
        int queueMax,
        int snapshotEvery,
        DataSize maxQueueBytes) {

    private static final String PREFIX = "event_store.";

    public WriteSettings {
        kind = SettingConstraints.oneOf(PREFIX + "kind", kind, List.of("postgres"));
        windowMax = SettingConstraints.between(PREFIX + "window_max", windowMax, Duration.ZERO, Duration.ofSeconds(1));
        batchMax = SettingConstraints.between(PREFIX + "batch_max", batchMax, 1, 100_000);
        batchMin = SettingConstraints.between(PREFIX + "batch_min", batchMin, 1, batchMax);
        queueMax = SettingConstraints.between(PREFIX + "queue_max", queueMax, batchMax, 10_000_000);
        maxQueueBytes = HeapShare.orPercent(
                SettingConstraints.between(
                        PREFIX + "max_queue_bytes", maxQueueBytes, DataSize.ofBytes(0), DataSize.ofTerabytes(1)),
                3);
        snapshotEvery = SettingConstraints.between(PREFIX + "snapshot_every", snapshotEvery, 16, 1_000_000);
    }
}
