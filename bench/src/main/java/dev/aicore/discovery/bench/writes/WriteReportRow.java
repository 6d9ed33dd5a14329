package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.List;

/**
 * Row of the table.
 *
 * @param what measured figure with its unit
 * @param counted number of operations without an error, over all rounds
 * @param cells formatted figures
 */
record WriteReportRow(String scenario, String what, long counted, long errors, List<String> cells) {

    static final String HEADER = """
            | scenario | figure | median (min – max) | p50 ms | best p99 ms | CPU µs JVM + PG | of which the load | disk B | log B | in one event | errors | target | load average |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|""";

    /** Creates a row of rounds with many operations. */
    static WriteReportRow of(String scenario, String what, WriteSummary rounds, String load, Threshold... goals) {
        return new WriteReportRow(
                scenario,
                what,
                rounds.counted(),
                rounds.errors(),
                List.of(
                        rounds.perSecond().words("%,.0f"),
                        "%.1f".formatted(rounds.p50Millis()),
                        "%.1f".formatted(rounds.bestP99Millis()),
                        rounds.jvmMicros() == 0
                                ? ""
                                : "%.1f + %.1f".formatted(rounds.jvmMicros(), rounds.postgresMicros()),
                        unlessZero(rounds.loadMicros()),
                        unlessZero(rounds.diskBytes()),
                        unlessZero(rounds.walBytes()),
                        unlessZero(rounds.perEvent()),
                        "%d".formatted(rounds.errors()),
                        Threshold.words(List.of(goals)),
                        load));
    }

    /** Creates a row of a figure that is measured once per round, and whose failure fails the scenario. */
    static WriteReportRow of(
            String scenario, String what, long counted, RoundStatistics rounds, String load, Threshold... goals) {
        return new WriteReportRow(
                scenario,
                what,
                counted,
                0,
                List.of(rounds.words("%,.2f"), "", "", "", "", "", "", "", "0", Threshold.words(List.of(goals)), load));
    }

    @Override
    public String toString() {
        return "| " + scenario + " | " + what + " | " + String.join(" | ", cells) + " |";
    }

    /** Formats a figure; empty if nothing was measured. */
    private static String unlessZero(double figure) {
        return figure == 0 ? "" : "%.1f".formatted(figure);
    }
}
