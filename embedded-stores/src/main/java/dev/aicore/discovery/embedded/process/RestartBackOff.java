package dev.aicore.discovery.embedded.process;

import java.time.Duration;

/**
 * Computes the delay before the next attempt: 100 ms, doubled up to 10 s, so at most 12 attempts in any minute of
 * failures. Not thread-safe.
 */
final class RestartBackOff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MAX_DELAY = Duration.ofSeconds(10);
    private static final Duration STABLE = Duration.ofMinutes(1);

    private Duration next = FIRST;
    private long lastFailure;
    private boolean failedBefore;

    /**
     * Returns the delay before the next attempt.
     *
     * @param nanos monotonic time of the failure in nanoseconds; after a minute without a failure the delay starts over
     */
    Duration delayAfterFailure(long nanos) {
        if (failedBefore && nanos - lastFailure >= STABLE.toNanos()) {
            next = FIRST;
        }
        failedBefore = true;
        lastFailure = nanos;
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(MAX_DELAY) < 0 ? doubled : MAX_DELAY;
        return pause;
    }
}
