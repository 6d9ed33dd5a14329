package dev.aicore.discovery.bench.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Gathers how long single things took, one after the other. For one thread. */
public final class LatencySamples {

    private static final long MAX_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int DIGITS = 3;

    private final Histogram took = new Histogram(MAX_NANOS, DIGITS);
    private long errors;

    /** Takes one that was good, or an error whose time counts for nothing. */
    public void add(boolean isGood, long nanos) {
        if (isGood) {
            took.recordValue(Math.clamp(nanos, 0, MAX_NANOS));
        } else {
            errors++;
        }
    }

    /** Returns all of it, as one round in which each began when the one before had ended. */
    public LoadRound round() {
        double seconds = took.getMean() * took.getTotalCount() / 1e9;
        return new LoadRound(took.getTotalCount(), errors, seconds, millis(50), millis(99), millis(99.9));
    }

    private double millis(double percentile) {
        return took.getValueAtPercentile(percentile) / 1e6;
    }
}
