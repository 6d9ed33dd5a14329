package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * Clock of all leases. It starts at the wall clock, or at the time of the store's last event if that is later. Then it
 * follows the monotonic clock, so that a jump of the wall clock ends no lease.
 */
public final class LeaseClock {

    private final TimeSource time;
    private final Instant start;
    private final long startNanos;

    /**
     * Starts the clock.
     *
     * @param recordedAt time at which the store's last event was recorded
     */
    public LeaseClock(TimeSource time, Instant recordedAt) {
        this.time = time;
        var wall = time.now();
        this.start = wall.isAfter(recordedAt) ? wall : recordedAt;
        this.startNanos = time.nanos();
    }

    /** Returns the current time, in whole milliseconds. */
    public Instant now() {
        return start.plusMillis(Duration.ofNanos(time.nanos() - startNanos).toMillis());
    }

    /** Returns the current time in epoch milliseconds. */
    public long millis() {
        return now().toEpochMilli();
    }
}
