package dev.aicore.discovery.query.discovery.snapshot;

import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts how often the in-memory snapshots answered a lookup. */
final class CacheLookupMetrics {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stale = new LongAdder();

    void hit() {
        hits.increment();
    }

    /** Counts a lookup that reads a store. */
    void miss() {
        misses.increment();
    }

    /** Counts a lookup, counted as a miss before, for which no store answered, or only with an outdated copy. */
    void stale() {
        stale.increment();
    }

    List<Sample> samples() {
        return List.of(sample("hit", hits), sample("miss", misses), sample("stale", stale));
    }

    private static Sample sample(String result, LongAdder count) {
        return new Sample(Map.of("result", result), count.sum());
    }
}
