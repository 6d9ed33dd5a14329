package dev.aicore.discovery.command.health;

import java.util.Arrays;

/**
 * Counts durations in buckets whose width is at most an eighth of their value. Not thread-safe; guarded by its owner.
 */
final class LatencyHistogram {

    private static final int SUB_BITS = 3;
    private static final int SUBS = 1 << SUB_BITS;
    private static final int BUCKETS = (40 - SUB_BITS + 1) * SUBS;

    private final long[] counts = new long[BUCKETS];
    private long count;
    private long max;

    void add(long micros) {
        long value = Math.max(0, micros);
        counts[Math.min(BUCKETS - 1, bucket(value))]++;
        count++;
        max = Math.max(max, value);
    }

    void add(LatencyHistogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        max = Math.max(max, other.max);
    }

    void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        max = 0;
    }

    long count() {
        return count;
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
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(max, highest(i));
            }
        }
        return max;
    }

    private static int bucket(long value) {
        if (value < SUBS) {
            return (int) value;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(value);
        return (exponent - SUB_BITS + 1) * SUBS + (int) (value >>> (exponent - SUB_BITS)) - SUBS;
    }

    private static long highest(int bucket) {
        if (bucket < SUBS) {
            return bucket;
        }
        int shift = bucket / SUBS - 1;
        return (((long) (bucket % SUBS) + SUBS + 1) << shift) - 1;
    }
}
