package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the CPU of a server's processes under little or no load, and adds it to a table. */
final class IdleCpuMeter {

    private static final Threshold[] NONE = {};

    private final int rounds;
    private final Duration round;
    private final ScenarioTable scenarioTable;

    IdleCpuMeter(int rounds, Duration round, ScenarioTable scenarioTable) {
        this.rounds = rounds;
        this.round = round;
        this.scenarioTable = scenarioTable;
    }

    /**
     * Measures each load in turn.
     *
     * @param server name in the table
     * @param port port on 127.0.0.1
     * @param parts parts of the server, its own process first; with several parts the CPU per request of all is
     *     reported, too
     * @param trickles loads, of which the first sends nothing
     */
    void measure(String server, boolean isOurs, int port, List<CpuPart> parts, List<LowRateLoad> trickles)
            throws IOException {
        double atRest = 0;
        for (var lowRateLoad : trickles) {
            var taken = new ArrayList<List<Double>>();
            for (int i = 0; i < rounds; i++) {
                taken.add(percents(parts, lowRateLoad, port, i * LowRateLoad.count(round)));
            }
            var what = "%s, %s: ".formatted(server, lowRateLoad.name());
            for (int i = 0; i < parts.size(); i++) {
                int part = i;
                var percent = RoundStatistics.of(taken, percents -> percents.get(part));
                var goals = i == 0 ? lowRateLoad.goals(percent.median()) : NONE;
                scenarioTable.add(what + parts.get(i).name(), isOurs, percent, goals);
            }
            double all = RoundStatistics.of(taken, IdleCpuMeter::sum).median();
            if (lowRateLoad.request() == null) {
                atRest = all;
            } else if (parts.size() > 1) {
                double millis = millisOfRequest(all - atRest);
                scenarioTable.add(
                        what + "per request, all processes, above idle",
                        "ms of CPU",
                        millis,
                        lowRateLoad.goalsOfRequest(millis));
            }
        }
    }

    /** Returns the CPU milliseconds per request, from the percentage of a core that all requests take. */
    static double millisOfRequest(double percent) {
        return percent / 100 * 1_000 / LowRateLoad.PER_SECOND;
    }

    private List<Double> percents(List<CpuPart> parts, LowRateLoad lowRateLoad, int port, int first)
            throws IOException {
        var before = parts.stream().map(part -> part.nanos().getAsLong()).toList();
        long begin = System.nanoTime();
        lowRateLoad.run(port, first, round);
        long elapsed = System.nanoTime() - begin;
        var percents = new ArrayList<Double>();
        for (int i = 0; i < parts.size(); i++) {
            percents.add(CpuPart.percent(before.get(i), parts.get(i).nanos().getAsLong(), elapsed));
        }
        return percents;
    }

    private static double sum(List<Double> percents) {
        return percents.stream().mapToDouble(percent -> percent).sum();
    }
}
