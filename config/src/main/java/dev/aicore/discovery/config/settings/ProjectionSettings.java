package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the projections that fold facts into read models.
 *
 * @param segments 1 to 64; number of segments that the facts are divided into and folded in parallel; a change applies
 *     to new stores only
 * @param batchSize 1 to 5,000; maximum number of facts folded in one transaction
 * @param workers 1 to 64; number of folding threads over all segments; each uses a database connection while it works
 * @param watermarkInterval 10 ms to 10 s; interval of publishing watermarks while no facts arrive; the maximum delay at
 *     which readers on other nodes see them
 * @param lastSeenInterval 1 s to 10 min; interval of storing heartbeats. A shorter interval shows heartbeats and
 *     reported connections earlier, also to load-based strategies; a longer interval writes each instance's row less
 *     often
 */
@ConfigurationProperties("service-discovery.projections")
public record ProjectionSettings(
        int segments,
        int batchSize,
        int workers,
        @DurationUnit(ChronoUnit.SECONDS) Duration watermarkInterval,
        @DurationUnit(ChronoUnit.SECONDS) Duration lastSeenInterval) {

    private static final String PREFIX = "projections.";

    public ProjectionSettings {
        segments = SettingConstraints.between(PREFIX + "segments", segments, 1, 64);
        batchSize = SettingConstraints.between(PREFIX + "batch_size", batchSize, 1, 5_000);
        workers = SettingConstraints.between(PREFIX + "workers", workers, 1, 64);
        watermarkInterval = SettingConstraints.between(
                PREFIX + "watermark_interval", watermarkInterval, Duration.ofMillis(10), Duration.ofSeconds(10));
        lastSeenInterval = SettingConstraints.between(
                PREFIX + "last_seen_interval", lastSeenInterval, Duration.ofSeconds(1), Duration.ofMinutes(10));
    }

    /** Returns 1 segment, 500 facts per batch, 2 workers, watermarks every 500 ms and heartbeats every 10 s. */
    public static ProjectionSettings defaults() {
        return new ProjectionSettings(1, 500, 2, Duration.ofMillis(500), Duration.ofSeconds(10));
    }
}
