package dev.aicore.discovery.config.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Provides the time as a dependency: production reads the machine's clocks, tests move their own clocks. */
public interface TimeSource {
    /** Returns the time of the wall clock in UTC, truncated to milliseconds. The clock may jump in both directions. */
    Instant now();

    /**
     * Returns the time of the monotonic clock in nanoseconds since an arbitrary origin; only differences are
     * meaningful. The clock never goes back.
     */
    long nanos();

    /** Reads the clocks of this machine. */
    final class SystemTimeSource implements TimeSource {
        @Override
        public Instant now() {
            return Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }
}
