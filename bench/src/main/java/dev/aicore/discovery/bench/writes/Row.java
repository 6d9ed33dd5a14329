package dev.aicore.discovery.bench.writes;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row of the table.
 *
 * @param what is measured, with its unit
 * @param counted how often it happened without an error, over all rounds
 * @param cells figures, each already in words
 */
record Row(String scenario, String what, long counted, long errors, List<String> cells) {

    static final String HEADER = """
            | scenario | figure | median (min – max) | p50 ms | best p99 ms | CPU µs JVM + PG | of it the load's own | disk B | log B | in one event | errors | target | load average |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|""";

    /** What was wanted of it, and whether it came. */
    record Goal(String words, boolean met) {
        @Override
        public String toString() {
            return words + (met ? ": met" : ": missed");
        }
    }

    /** Of rounds in which something happened many times. */
    static Row of(String scenario, String what, Summary rounds, String load, Goal... goals) {
        return new Row(
                scenario,
                what,
                rounds.counted(),
                rounds.errors(),
                List.of(
                        spread("%,.0f", rounds.perSecond()),
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
                        words(goals),
                        load));
    }

    /** Of something that is measured once a round, sorted, and that fails as a whole if it fails. */
    static Row of(String scenario, String what, long counted, List<Double> rounds, String load, Goal... goals) {
        return new Row(
                scenario,
                what,
                counted,
                0,
                List.of(spread("%,.2f", rounds), "", "", "", "", "", "", "", "0", words(goals), load));
    }

    @Override
    public String toString() {
        return "| " + scenario + " | " + what + " | " + String.join(" | ", cells) + " |";
    }

    private static String spread(String format, List<Double> sorted) {
        var median = format.formatted(sorted.get(sorted.size() / 2));
        return sorted.size() == 1
                ? median
                : "%s (%s – %s)"
                        .formatted(median, format.formatted(sorted.getFirst()), format.formatted(sorted.getLast()));
    }

    /** Empty where nothing was measured. */
    private static String unlessZero(double figure) {
        return figure == 0 ? "" : "%.1f".formatted(figure);
    }

    private static String words(Goal... goals) {
        return List.of(goals).stream().map(Goal::toString).collect(Collectors.joining("; "));
    }
}
