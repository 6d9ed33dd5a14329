package dev.aicore.discovery.config.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time source whose monotonic clock advances by a step at each read, and whose wall clock stands still. */
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
