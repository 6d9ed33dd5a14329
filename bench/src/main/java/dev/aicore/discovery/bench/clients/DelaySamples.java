package dev.aicore.discovery.bench.clients;

import java.util.Arrays;
import java.util.Collection;

/** Delays of several events, at least one. */
final class DelaySamples {

    private static final double NANOS_IN_MILLI = 1e6;

    private final double[] sorted;

    private DelaySamples(double[] sorted) {
        this.sorted = sorted;
    }

    /** Takes nanoseconds; an effect that is seen before the answer to its cause has no delay. */
    static DelaySamples ofNanos(Collection<Long> nanos) {
        var millis = nanos.stream()
                .mapToDouble(delay -> Math.max(0, delay) / NANOS_IN_MILLI)
                .toArray();
        Arrays.sort(millis);
        return new DelaySamples(millis);
    }

    /** Returns the lowest value, in ms, that at least this share of the delays doesn't exceed. */
    double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    String words() {
        return "p50 %,.1f ms, p99 %,.1f ms, longest %,.1f ms, of %d"
                .formatted(percentile(50), percentile(99), percentile(100), sorted.length);
    }
}
