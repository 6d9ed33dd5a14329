package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.health.CheckFailure;
import dev.aicore.discovery.command.probe.ProbeResult;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the checks of the last minute went, in memory of a fixed size. Time is an argument, on the monotonic clock. */
final class LastMinute {

    static final int SECONDS = 60;

    private static final int SLOTS = 12;
    private static final long SLOT_NANOS = Duration.ofSeconds(SECONDS / SLOTS).toNanos();

    private final long origin;
    private final @Nullable Tally[] slots = new @Nullable Tally[SLOTS];

    LastMinute(long now) {
        this.origin = now;
    }

    /** Some checks, of some time. */
    static final class Tally {
        private final long slot;
        private final Map<String, OfType> types = new TreeMap<>();
        private final Histogram lag = new Histogram();

        private Tally(long slot) {
            this.slot = slot;
        }

        Map<String, OfType> types() {
            return types;
        }

        Histogram lag() {
            return lag;
        }

        private void add(Tally other) {
            lag.add(other.lag);
            other.types.forEach((type, of) -> type(type).add(of));
        }

        private OfType type(String type) {
            return types.computeIfAbsent(type, none -> new OfType());
        }
    }

    /** Those of one type. */
    static final class OfType {
        private final Map<CheckFailure, Long> failures = new EnumMap<>(CheckFailure.class);
        private final Histogram latency = new Histogram();
        private long passed;

        Map<CheckFailure, Long> failures() {
            return failures;
        }

        Histogram latency() {
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

        private void add(OfType other) {
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

    /** All of it. */
    synchronized Tally sum(long now) {
        long slot = slot(now);
        var sum = new Tally(slot);
        for (var tally : slots) {
            if (tally != null && tally.slot > slot - SLOTS) {
                sum.add(tally);
            }
        }
        return sum;
    }

    /** How much time {@link #sum} is of, in seconds: less than a minute at first, and at most the slot that has just begun less. */
    synchronized double seconds(long now) {
        long since = Math.max(0, slot(now) - SLOTS + 1) * SLOT_NANOS;
        return Math.max(1, (now - origin - since) / 1e9);
    }

    private Tally tally(long now) {
        long slot = slot(now);
        int place = (int) (slot % SLOTS);
        var tally = slots[place];
        if (tally == null || tally.slot != slot) {
            tally = new Tally(slot);
            slots[place] = tally;
        }
        return tally;
    }

    private long slot(long now) {
        return (now - origin) / SLOT_NANOS;
    }
}
