package dev.aicore.discovery.config.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A metric that is exposed under exactly its name. Micrometer and Prometheus' own client refuse or rewrite names such as a
 * gauge that ends in {@code _total} and a counter that doesn't; Prometheus itself takes both.
 *
 * @param name of {@code a-z}, digits and underscores
 * @param help one line
 * @param samples asked at each scrape, from memory; may be empty, and then the metric has no value at present
 */
public record MetricFamily(String name, Kind kind, String help, Supplier<List<Sample>> samples) {
    /** What its values mean. */
    public enum Kind {
        COUNTER,
        GAUGE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One value.
     *
     * @param labels in the order in which they are written; their number of values must be bounded
     */
    public record Sample(Map<String, String> labels, double value) {}
}
