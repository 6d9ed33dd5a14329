package dev.aicore.discovery.embedded.process;

import java.time.Duration;

/** How long to wait before the next attempt: 100 ms, doubling up to 10 s, so at most 12 attempts in any minute of failures. */
final class RestartBackOff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MAX_DELAY = Duration.ofSeconds(10);
    private static final Duration STABLE = Duration.ofMinutes(1);

    private Duration next = FIRST;
    private long lastFailure;
    private boolean failedBefore;

    /**
     * The pause before the next attempt.
     *
     * @param nanos monotonic time of the failure; a minute without one starts over
     */
    Duration afterFailureAt(long nanos) {
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
