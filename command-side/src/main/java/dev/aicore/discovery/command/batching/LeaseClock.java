package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock that leases run by: it starts at the wall clock, or where the store's history ends if that is later, and then
 * follows the monotonic clock, so that no jump of the wall clock ends a lease.
 */
public final class LeaseClock {

    private final TimeSource time;
    private final Instant start;
    private final long startNanos;

    /**
     * Starts it.
     *
     * @param recordedAt when the store's last event was recorded
     */
    public LeaseClock(TimeSource time, Instant recordedAt) {
        this.time = time;
        var wall = time.now();
        this.start = wall.isAfter(recordedAt) ? wall : recordedAt;
        this.startNanos = time.nanos();
    }

    /** In whole milliseconds. */
    public Instant now() {
        return start.plusMillis(Duration.ofNanos(time.nanos() - startNanos).toMillis());
    }

    /** The same in epoch milliseconds. */
    public long millis() {
        return now().toEpochMilli();
    }
}
