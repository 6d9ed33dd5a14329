package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * How facts are folded into the read models.
 *
 * @param segments into how many parts the facts are divided, each folded by itself, 1 to 64; only new stores follow a change
 * @param batchSize most facts folded in one transaction, 1 to 5,000
 * @param workers threads that fold, over all segments, 1 to 64; each takes a database connection while it works
 * @param watermarkInterval how often positions are published where nothing is folded, 10 ms to 10 s; a reader of other nodes sees them that much later
 * @param lastSeenInterval how often heartbeats are written down, 1 s to 10 min. Shorter shows them sooner, and lets the strategies
 *     that go by load learn sooner how many connections instances have; longer writes each instance's row less often
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

    /** 1 segment, 500 facts a batch, 2 workers, watermarks every 500 ms, heartbeats every 10 s. */
    public static ProjectionSettings defaults() {
        return new ProjectionSettings(1, 500, 2, Duration.ofMillis(500), Duration.ofSeconds(10));
    }
}
