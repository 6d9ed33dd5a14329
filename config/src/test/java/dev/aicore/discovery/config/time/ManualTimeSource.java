package dev.aicore.discovery.config.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time source that stands still until a test advances it. Thread-safe. */
public final class ManualTimeSource implements TimeSource {
    private Instant wall;
    private long nanos;

    public ManualTimeSource(Instant start) {
        this.wall = start;
    }

    /** Creates a source that starts at 2026-11-23T12:00:00Z, with the monotonic clock at 0. */
    public static ManualTimeSource atNoon() {
        return new ManualTimeSource(Instant.parse("2026-11-23T12:00:00Z"));
    }

    @Override
    public synchronized Instant now() {
        return wall.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    /** Advances both clocks. */
    public synchronized ManualTimeSource pass(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time passes forwards, but was " + time);
        }
        wall = wall.plus(time);
        nanos += time.toNanos();
        return this;
    }

    /** Moves the wall clock forwards or (negative) backwards. The monotonic clock doesn't change. */
    public synchronized ManualTimeSource jump(Duration offset) {
        wall = wall.plus(offset);
        return this;
    }
}
