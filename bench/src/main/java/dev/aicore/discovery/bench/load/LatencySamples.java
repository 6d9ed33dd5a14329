package dev.aicore.discovery.bench.load;

import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Collects the latencies of sequential operations. Not thread-safe. */
public final class LatencySamples {

    private static final long MAX_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int DIGITS = 3;

    private final Histogram took = new Histogram(MAX_NANOS, DIGITS);
    private long errors;

    /** Adds a good operation, or an error, whose latency is ignored. */
    public void add(boolean isGood, long nanos) {
        if (isGood) {
            took.recordValue(Math.clamp(nanos, 0, MAX_NANOS));
        } else {
            errors++;
        }
    }

    /** Returns all operations as one round in which each began when the previous one ended. */
    public LoadRound round() {
        double seconds = took.getMean() * took.getTotalCount() / 1e9;
        return new LoadRound(took.getTotalCount(), errors, seconds, millis(50), millis(99), millis(99.9));
    }

    private double millis(double percentile) {
        return took.getValueAtPercentile(percentile) / 1e6;
    }
}
