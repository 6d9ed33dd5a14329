package dev.aicore.discovery.projection.flow;

import java.time.Duration;

/**
 * How facts are folded into the read models.
 *
 * @param segments into how many parts a projection is divided, each folded by itself, 1 to 64; only new stores follow a change
 * @param batchSize most facts folded in one transaction, 1 to 5,000
 * @param workers threads that fold, over all projections, 1 to 64; each takes a database connection while it works
 * @param watermarkInterval how often positions are published, 10 ms to 10 s; a reader of other nodes sees them that much later
 * @param lastSeenInterval how often heartbeats are written down, 1 s to 10 min. Shorter shows them sooner, longer writes each
 *     instance's row less often
 */
public record ProjectionSettings(
        int segments, int batchSize, int workers, Duration watermarkInterval, Duration lastSeenInterval) {

    public ProjectionSettings {
        require(segments >= 1 && segments <= 64, "segments must be 1 to 64, got " + segments);
        require(batchSize >= 1 && batchSize <= 5_000, "batch_size must be 1 to 5000, got " + batchSize);
        require(workers >= 1 && workers <= 64, "workers must be 1 to 64, got " + workers);
        require(
                within(watermarkInterval, Duration.ofMillis(10), Duration.ofSeconds(10)),
                "watermark_interval must be 10ms to 10s, got " + watermarkInterval);
        require(
                within(lastSeenInterval, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                "last_seen_interval must be 1s to 10m, got " + lastSeenInterval);
    }

    /** 2 segments, 500 facts a batch, 4 workers, watermarks every 100 ms, heartbeats every 10 s. */
    public static ProjectionSettings defaults() {
        return new ProjectionSettings(2, 500, 4, Duration.ofMillis(100), Duration.ofSeconds(10));
    }

    private static boolean within(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
