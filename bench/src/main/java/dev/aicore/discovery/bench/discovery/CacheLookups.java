package dev.aicore.discovery.bench.discovery;

import java.util.regex.Pattern;

/** Numbers of cache lookups by discoveries: hits, and services that were absent or too old. */
record CacheLookups(double hits, double others) {

    private static final Pattern SAMPLE =
            Pattern.compile("^service_discovery_cache_lookups_total\\{([^}]*)}\\s+([0-9.eE+]+)", Pattern.MULTILINE);
    private static final String HIT = "result=\"hit\"";

    /** Parses the metrics for Prometheus; zeros if they are absent. */
    static CacheLookups parse(String metrics) {
        var sample = SAMPLE.matcher(metrics);
        double hits = 0;
        double others = 0;
        while (sample.find()) {
            double count = Double.parseDouble(sample.group(2));
            if (sample.group(1).contains(HIT)) {
                hits += count;
            } else {
                others += count;
            }
        }
        return new CacheLookups(hits, others);
    }

    boolean areReported() {
        return hits + others > 0;
    }

    double percentHit() {
        return 100 * hits / (hits + others);
    }
}
