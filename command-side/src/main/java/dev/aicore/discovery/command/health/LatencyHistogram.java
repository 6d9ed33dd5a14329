package dev.aicore.discovery.command.health;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;

/**
 * Counts durations in buckets whose width is at most a sixteenth of their value, with the exact maximum. Not
 * thread-safe; guarded by its owner.
 */
final class LatencyHistogram {

    /** Significant digits; a second one would need eight times the memory. */
    private static final int DIGITS = 1;

    private final AbstractHistogram histogram = new IntCountsHistogram(DIGITS);
    private long max;

    void add(long micros) {
        long value = Math.max(0, micros);
        histogram.recordValue(value);
        max = Math.max(max, value);
    }

    void add(LatencyHistogram other) {
        histogram.add(other.histogram);
        max = Math.max(max, other.max);
    }

    long count() {
        return histogram.getTotalCount();
    }

    /** Returns the maximum in microseconds; 0 if empty. */
    long max() {
        return max;
    }

    /**
     * Returns a quantile in microseconds, rounded up to the end of its bucket.
     *
     * @param share 0 to 1
     */
    long quantile(double share) {
        return Math.min(max, histogram.getValueAtPercentile(share * 100));
    }
}
