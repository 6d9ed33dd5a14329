package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the checks of the last minute, in memory of a fixed size. The current time is an argument, in
 * nanoseconds of the monotonic clock. Thread-safe.
 */
final class SlidingWindowStats {

    static final int SECONDS = 60;

    private static final int SLOTS = 12;
    private static final long SLOT_NANOS = Duration.ofSeconds(SECONDS / SLOTS).toNanos();

    private final long origin;
    private final @Nullable WindowStats[] slots = new @Nullable WindowStats[SLOTS];

    SlidingWindowStats(long now) {
        this.origin = now;
    }

    /** Statistics of all checks within some time. */
    static final class WindowStats {
        private final long slot;
        private final Map<String, TypeStats> types = new TreeMap<>();
        private final LatencyHistogram lag = new LatencyHistogram();

        private WindowStats(long slot) {
            this.slot = slot;
        }

        Map<String, TypeStats> types() {
            return types;
        }

        LatencyHistogram lag() {
            return lag;
        }

        private void add(WindowStats other) {
            lag.add(other.lag);
            other.types.forEach((type, stats) -> type(type).add(stats));
        }

        private TypeStats type(String type) {
            return types.computeIfAbsent(type, none -> new TypeStats());
        }
    }

    /** Statistics of the checks of one type. */
    static final class TypeStats {
        private final Map<CheckFailureCode, Long> failures = new EnumMap<>(CheckFailureCode.class);
        private final LatencyHistogram latency = new LatencyHistogram();
        private long passed;

        Map<CheckFailureCode, Long> failures() {
            return failures;
        }

        LatencyHistogram latency() {
            return latency;
        }

        long passed() {
            return passed;
        }

        private void add(ProbeResult result) {
            latency.add(result.latency().toNanos() / 1_000);
            var failure = result.failure();
            if (failure == null) {
                passed++;
            } else {
                failures.merge(failure, 1L, Long::sum);
            }
        }

        private void add(TypeStats other) {
            passed += other.passed;
            other.failures.forEach((failure, count) -> failures.merge(failure, count, Long::sum));
            latency.add(other.latency);
        }
    }

    synchronized void began(long lagNanos, long now) {
        tally(now).lag.add(lagNanos / 1_000);
    }

    synchronized void ended(String type, ProbeResult result, long now) {
        tally(now).type(type).add(result);
    }

    /** Returns the sum over the last minute. */
    synchronized WindowStats sum(long now) {
        long slot = slot(now);
        var sum = new WindowStats(slot);
        for (var windowStats : slots) {
            if (windowStats != null && windowStats.slot > slot - SLOTS) {
                sum.add(windowStats);
            }
        }
        return sum;
    }

    /**
     * Returns the time that {@link #sum} covers, in seconds, at least 1. It is less than a minute after the start, and
     * otherwise shorter than a minute by at most the unfinished part of the present slot.
     */
    synchronized double seconds(long now) {
        long since = Math.max(0, slot(now) - SLOTS + 1) * SLOT_NANOS;
        return Math.max(1, (now - origin - since) / 1e9);
    }

    private WindowStats tally(long now) {
        long slot = slot(now);
        int place = (int) (slot % SLOTS);
        var windowStats = slots[place];
        if (windowStats == null || windowStats.slot != slot) {
            windowStats = new WindowStats(slot);
            slots[place] = windowStats;
        }
        return windowStats;
    }

    private long slot(long now) {
        return (now - origin) / SLOT_NANOS;
    }
}
