package dev.aicore.discovery.config.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A monotonic clock that is later by a step with each look at it, and a wall clock that stands still. */
public final class SteppingTimeSource implements TimeSource {

    private final AtomicLong nanos = new AtomicLong();
    private final Duration step;

    public SteppingTimeSource(Duration step) {
        this.step = step;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public long nanos() {
        return nanos.addAndGet(step.toNanos());
    }
}
