package dev.aicore.discovery.config.telemetry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Metric that is exposed under exactly its name. Micrometer and Prometheus' own client refuse or rewrite names such as
 * a gauge that ends in {@code _total} and a counter that doesn't; Prometheus itself accepts both.
 *
 * @param name name of {@code a-z}, digits and underscores
 * @param help description in one line
 * @param samples supplier of the samples, called at each scrape, from memory; no samples if the metric has no value at
 *     present
 */
public record MetricFamily(String name, Kind kind, String help, Supplier<List<Sample>> samples) {
    /** Prometheus type of a metric. */
    public enum Kind {
        COUNTER,
        GAUGE;

        String typeName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One value of a metric.
     *
     * @param labels labels in the order in which they are written; their number of values must be bounded
     */
    public record Sample(Map<String, String> labels, double value) {}
}
