package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.ArrayList;
import java.util.List;

/** Collects the rows of one scenario. */
final class ScenarioTable {

    private static final double MIN_PERCENT_HIT = 99;

    private final String scenario;
    private final String unit;
    private final String load;
    private final List<DiscoverReportRow> rows = new ArrayList<>();

    ScenarioTable(String scenario, String unit, String load) {
        this.scenario = scenario;
        this.unit = unit;
        this.load = load;
    }

    /** @param base value that the median is compared with; 0 if there is none */
    void add(BenchmarkedServer benchmarkedServer, RoundSummary rounds, double base, List<Threshold> goals) {
        add(benchmarkedServer, unit, rounds, base, goals);
    }

    /** Adds a row with another unit than the table's. */
    void add(
            BenchmarkedServer benchmarkedServer, String unit, RoundSummary rounds, double base, List<Threshold> goals) {
        rows.add(new DiscoverReportRow(
                scenario,
                benchmarkedServer.name(),
                unit,
                benchmarkedServer.isOurs(),
                rounds.perSecond(),
                base == 0 ? 0 : rounds.median() / base,
                rounds,
                load,
                goals));
    }

    /** Adds a row of latencies; the figure is the median of the rounds' medians. */
    void addTimes(String what, boolean isOurs, RoundSummary times, Threshold... goals) {
        addTimes(what, isOurs, times, 0, goals);
    }

    /** @param base value that the p50 is compared with; 0 if there is none */
    void addTimes(String what, boolean isOurs, RoundSummary times, double base, Threshold... goals) {
        double p50 = times.p50Millis();
        rows.add(new DiscoverReportRow(
                scenario,
                what,
                unit,
                isOurs,
                RoundStatistics.of(p50),
                base == 0 ? 0 : p50 / base,
                times,
                load,
                List.of(goals)));
    }

    void add(String what, boolean isOurs, RoundStatistics figure, Threshold... goals) {
        rows.add(new DiscoverReportRow(scenario, what, unit, isOurs, figure, 0, null, load, List.of(goals)));
    }

    void add(String what, String unit, RoundStatistics figure) {
        rows.add(new DiscoverReportRow(scenario, what, unit, true, figure, 0, null, load, List.of()));
    }

    void add(String what, String unit, double figure, Threshold... goals) {
        rows.add(DiscoverReportRow.of(scenario, what, unit, figure, load, goals));
    }

    /** Adds the cache hit rate, if the server reports it. */
    void add(CacheLookups lookups) {
        if (lookups.areReported()) {
            double hit = lookups.percentHit();
            add(
                    "cache hits of services",
                    "%",
                    hit,
                    new Threshold("> %.0f %%".formatted(MIN_PERCENT_HIT), hit > MIN_PERCENT_HIT));
        }
    }

    List<DiscoverReportRow> rows() {
        return rows;
    }
}
