package dev.aicore.discovery.client;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls of one instance by this process: those under way, those not reported yet, and those by which the client ejects
 * the instance. It outlives changes of the instance. Thread-safe.
 */
final class CallStats {

    private static final long BUCKET_NANOS = 5_000_000_000L;
    private static final long MIN_EJECTION_NANOS = 5_000_000_000L;
    private static final long MAX_EJECTION_NANOS = 60_000_000_000L;
    private static final int MAX_FAILURES_IN_A_ROW = 5;
    private static final int MIN_CALLS = 20;

    private final AtomicInteger underWay = new AtomicInteger();

    private int successes;
    private int failures;
    private int failuresInARow;

    /** The present bucket of 5 s, and the one before it: together at most the last 10 s. */
    private long bucket;

    private int calls;
    private int failed;
    private int callsBefore;
    private int failedBefore;

    private long ejectionNanos;
    private long ejectedUntil;
    private boolean ejected;

    /** Counts of outcomes. */
    record Counts(int successes, int failures) {}

    void begin() {
        underWay.incrementAndGet();
    }

    void end() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }

    /**
     * Records an outcome.
     *
     * @return whether the instance should be ejected: 5 failures in a row, or half of at least 20 calls in 10 s
     */
    synchronized boolean record(boolean success, long now) {
        turn(now);
        calls++;
        if (success) {
            successes++;
            failuresInARow = 0;
            return false;
        }
        failures++;
        failed++;
        failuresInARow++;
        int all = calls + callsBefore;
        return !ejected
                && (failuresInARow >= MAX_FAILURES_IN_A_ROW
                        || (all >= MIN_CALLS && 2 * (failed + failedBefore) >= all));
    }

    private void turn(long now) {
        long current = Math.floorDiv(now, BUCKET_NANOS);
        if (current != bucket) {
            boolean isNext = current == bucket + 1;
            callsBefore = isNext ? calls : 0;
            failedBefore = isNext ? failed : 0;
            calls = 0;
            failed = 0;
            bucket = current;
        }
    }

    /**
     * Ejects the instance: for 5 s, or twice as long as the last time, up to 60 s. A minute after an ejection the
     * duration begins anew.
     *
     * @return the duration in nanoseconds
     */
    synchronized long eject(long now) {
        boolean isRecent = ejectionNanos > 0 && now - ejectedUntil < MAX_EJECTION_NANOS;
        ejectionNanos = isRecent ? Math.min(MAX_EJECTION_NANOS, 2 * ejectionNanos) : MIN_EJECTION_NANOS;
        ejectedUntil = now + ejectionNanos;
        ejected = true;
        return ejectionNanos;
    }

    /** Ends an ejection. The next calls decide anew. */
    synchronized void readmit() {
        ejected = false;
        failuresInARow = 0;
        calls = 0;
        failed = 0;
        callsBefore = 0;
        failedBefore = 0;
    }

    synchronized boolean isEjected() {
        return ejected;
    }

    synchronized boolean hasFailures() {
        return failures > 0;
    }

    /** Returns the outcomes since the last call, and forgets them. */
    synchronized Counts drain() {
        var counts = new Counts(successes, failures);
        successes = 0;
        failures = 0;
        return counts;
    }
}
