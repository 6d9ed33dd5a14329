package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Row of the table.
 *
 * @param what server with its requests, or another measured quantity
 * @param isOurs true for the registry, false for a server that it is compared with
 * @param figure measured values in the unit
 * @param ratio ratio to the value that it is compared with; 0 if there is none
 * @param rounds null if the figure doesn't come from rounds of load
 * @param load load averages of the machine, before and after
 */
record DiscoverReportRow(
        String scenario,
        String what,
        String unit,
        boolean isOurs,
        RoundStatistics figure,
        double ratio,
        @Nullable RoundSummary rounds,
        String load,
        List<Threshold> goals) {

    static final String HEADER = """
            | scenario | what | median (min – max) | unit | ratio | p50 ms | best p99 ms | best p999 ms | CPU µs | errors | cold: first piece; pieces | target | load average |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|""";

    /** Creates a row of a single measurement. */
    static DiscoverReportRow of(
            String scenario, String what, String unit, double figure, String load, Threshold... goals) {
        return new DiscoverReportRow(
                scenario, what, unit, true, RoundStatistics.of(figure), 0, null, load, List.of(goals));
    }

    /** Returns the same row with other load averages. */
    DiscoverReportRow withLoad(String averages) {
        return new DiscoverReportRow(scenario, what, unit, isOurs, figure, ratio, rounds, averages, goals);
    }

    @Override
    public String toString() {
        return "| %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        scenario,
                        what,
                        figure.words(figure.median() < 100 ? "%,.2f" : "%,.0f"),
                        unit,
                        ratio == 0 ? "" : "%.2f".formatted(ratio),
                        rounds == null ? " |  |  |  |  | " : times(rounds),
                        Threshold.words(goals),
                        load);
    }

    private static String times(RoundSummary rounds) {
        return "%.2f | %.2f | %.2f | %s | %d | %s"
                .formatted(
                        rounds.p50Millis(),
                        rounds.bestP99Millis(),
                        rounds.bestP999Millis(),
                        rounds.cpuMicros() == 0 ? "" : "%.2f".formatted(rounds.cpuMicros()),
                        rounds.errors(),
                        rounds.warmUp().words());
    }
}
