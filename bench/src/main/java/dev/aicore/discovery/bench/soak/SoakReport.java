package dev.aicore.discovery.bench.soak;

import dev.aicore.discovery.bench.rig.Threshold;
import dev.aicore.discovery.bench.soak.SoakSample.Quantity;
import java.util.ArrayList;
import java.util.List;

/** Table of a soak: each quantity with its growth after the warm-up, and what of it is a leak. */
final class SoakReport {

    /** Share of the time after which a registry is warm: its caches are filled, and its code is compiled. */
    private static final double WARM_UP = 0.25;

    /** Shortest run in minutes that can show a leak. The memory of a shorter one still grows to its working size. */
    private static final double MIN_MINUTES = 25;

    private final List<SoakSample> samples;

    SoakReport(List<SoakSample> samples) {
        this.samples = List.copyOf(samples);
    }

    /** Returns the samples after the warm-up. */
    List<SoakSample> warm() {
        return samples.subList((int) (samples.size() * WARM_UP), samples.size());
    }

    /** Returns a table in Markdown. */
    String markdown() {
        var table = new StringBuilder("""
                | quantity | first | median | last | growth per hour, 95 %% interval | |
                |---|---|---|---|---|---|
                """.formatted());
        for (var quantity : Quantity.values()) {
            var line = TrendLine.of(quantity, warm());
            table.append("| %s | %,.1f | %,.1f | %,.1f | %+,.2f ± %,.2f | %s |%n"
                    .formatted(
                            quantity.title(),
                            quantity.of(samples.getFirst()),
                            line.median(),
                            quantity.of(samples.getLast()),
                            line.perHour(),
                            line.error(),
                            isBounded(quantity) ? threshold(quantity, line) : ""));
        }
        return table.toString();
    }

    /** Returns the thresholds: no failed heartbeat, and after a long run no leak of any bounded quantity. */
    List<Threshold> thresholds() {
        var thresholds = new ArrayList<Threshold>();
        for (var quantity : Quantity.values()) {
            if (isBounded(quantity)) {
                thresholds.add(threshold(quantity, TrendLine.of(quantity, warm())));
            }
        }
        long errors = samples.stream().mapToLong(SoakSample::errors).sum();
        thresholds.add(new Threshold("no failed heartbeats (" + errors + ")", errors == 0));
        return thresholds;
    }

    private boolean isBounded(Quantity quantity) {
        return quantity.maxPerHour() > 0 && samples.getLast().minute() >= MIN_MINUTES;
    }

    private static Threshold threshold(Quantity quantity, TrendLine line) {
        return new Threshold(
                "%s grows by no more than %.0f %% per hour".formatted(quantity.title(), 100 * quantity.maxPerHour()),
                !line.growsBeyond(quantity.maxPerHour()));
    }
}
