package dev.aicore.discovery.config.time;

import java.time.Instant;

/** The time, as an argument: production reads the machine's clocks, tests move their own. */
public interface TimeSource {
    /** The wall clock, in UTC, cut to whole milliseconds. It may jump in both directions. */
    Instant now();

    /** The monotonic clock, in nanoseconds since an arbitrary origin: only differences mean anything. It never goes back. */
    long nanos();
}
