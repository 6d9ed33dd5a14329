package dev.aicore.discovery.config.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads the clocks of this machine. */
public final class SystemTimeSource implements TimeSource {
    @Override
    public Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
