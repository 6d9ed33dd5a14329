package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.config.metrics.MetricFamily.Sample;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often memory had the answer. */
final class CacheLookupMetrics {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stale = new LongAdder();

    void hit() {
        hits.increment();
    }

    /** A store was asked. */
    void miss() {
        misses.increment();
    }

    /** No store answered, or only with what has changed since; a miss before. */
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
