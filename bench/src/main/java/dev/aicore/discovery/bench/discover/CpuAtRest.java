package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Spread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes the CPU of a server's processes while next to nothing is asked of it, and puts it into a table. */
final class CpuAtRest {

    private static final Goal[] NONE = {};

    private final int rounds;
    private final Duration round;
    private final Table table;

    CpuAtRest(int rounds, Duration round, Table table) {
        this.rounds = rounds;
        this.round = round;
        this.table = table;
    }

    /**
     * Measures each trickle in turn.
     *
     * @param server for the table
     * @param port on 127.0.0.1
     * @param parts of the server, its own process first; with more than one, what a request takes of all is told too
     * @param trickles the first of which asks nothing
     */
    void measure(String server, boolean isOurs, int port, List<CpuPart> parts, List<Trickle> trickles)
            throws IOException {
        double atRest = 0;
        for (var trickle : trickles) {
            var taken = new ArrayList<List<Double>>();
            for (int i = 0; i < rounds; i++) {
                taken.add(percents(parts, trickle, port, i * Trickle.count(round)));
            }
            var what = "%s, %s: ".formatted(server, trickle.name());
            for (int i = 0; i < parts.size(); i++) {
                int part = i;
                var percent = Spread.of(taken, percents -> percents.get(part));
                var goals = i == 0 ? trickle.goals(percent.median()) : NONE;
                table.add(what + parts.get(i).name(), isOurs, percent, goals);
            }
            double all = Spread.of(taken, CpuAtRest::sum).median();
            if (trickle.request() == null) {
                atRest = all;
            } else if (parts.size() > 1) {
                double millis = millisOfRequest(all - atRest);
                table.add(
                        what + "a request, all processes, beyond rest",
                        "ms of CPU",
                        millis,
                        trickle.goalsOfRequest(millis));
            }
        }
    }

    /** Returns what each request takes, of so many percent of a core that all of a trickle take. */
    static double millisOfRequest(double percent) {
        return percent / 100 * 1_000 / Trickle.PER_SECOND;
    }

    private List<Double> percents(List<CpuPart> parts, Trickle trickle, int port, int first) throws IOException {
        var before = parts.stream().map(part -> part.nanos().getAsLong()).toList();
        long begin = System.nanoTime();
        trickle.run(port, first, round);
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
