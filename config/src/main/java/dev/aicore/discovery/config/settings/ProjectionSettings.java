package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the projections that fold facts into read models.
 *
 * @param segments 1 to 64; number of segments that the facts are divided into and folded in parallel; a change applies
 *     to new stores only
 * @param batchSize 1 to 5000; maximum number of facts folded in one transaction
 * @param workers 1 to 64; number of folding threads, over all segments; each uses a connection while it works
 * @param watermarkInterval 10ms to 10s; interval of publishing positions to other processes while only heartbeats
 *     arrive; the positions of facts are published with their rows
 * @param lastSeenInterval 1s to 10m; interval of storing heartbeats and the connections that they report; a shorter one
 *     shows both sooner and writes more
 */
@ConfigurationProperties("service-discovery.projections")
public record ProjectionSettings(
        @DefaultValue("1") int segments,
        @DefaultValue("500") int batchSize,
        @DefaultValue("2") int workers,

        @DefaultValue("500ms") @DurationUnit(ChronoUnit.SECONDS)
        Duration watermarkInterval,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration lastSeenInterval) {

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

    /** Returns the defaults. */
    public static ProjectionSettings defaults() {
        return SettingsBinder.defaults().get(ProjectionSettings.class);
    }
}
