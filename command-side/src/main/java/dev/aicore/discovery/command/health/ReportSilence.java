package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.health.HealthCheck;
import java.time.Duration;
import java.util.Map;

/**
 * Measures how long an instance has not reported a check of type {@code ttl}, in steps of a quarter of the TTL. The
 * result is between the TTL and half as much again. A step that is late by more than a step begins a new measurement,
 * so that a pause of this node, or a takeover by another one, ends no TTL early. Not thread-safe.
 */
final class ReportSilence {

    private static final int STEPS = 4;

    private boolean begun;
    private long steppedAt;
    private long nanos;

    /** Returns the check that makes the scheduler call {@link #exceeds} once per step. */
    static HealthCheck steps(HealthCheck reported) {
        return new HealthCheck(
                HealthCheck.TTL, Math.ceilDiv(reported.interval(), STEPS), reported.timeout(), 1, 1, Map.of());
    }

    /** Ends the silence. A new one begins with the next step. */
    void reported() {
        begun = false;
    }

    /**
     * Makes a step.
     *
     * @param now nanoseconds of the monotonic clock
     * @return true if the silence is longer than the TTL
     */
    boolean exceeds(HealthCheck reported, long now) {
        long elapsed = now - steppedAt;
        boolean late = elapsed > 2 * nanos(steps(reported).interval());
        nanos = begun && !late ? nanos + elapsed : 0;
        begun = true;
        steppedAt = now;
        return nanos > nanos(reported.interval());
    }

    private static long nanos(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
