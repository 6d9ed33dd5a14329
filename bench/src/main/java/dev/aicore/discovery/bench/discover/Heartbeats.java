package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import java.util.ArrayList;
import java.util.List;

/** Heartbeats one by one. Ours are answered when they are durable; Eureka keeps its in memory. */
final class Heartbeats {

    private static final String NAME = "heartbeats";
    private static final int FEW = 64;
    private static final double LEAST = 20_000;

    private Heartbeats() {}

    static List<Row> run(Stage stage, int seconds) throws Exception {
        if (stage.eureka().isEmpty()) {
            return run(stage, seconds, List.of());
        }
        try (var eureka = EurekaProcess.start(stage.eureka().get(), stage.size().eureka())) {
            return run(stage, seconds, List.of(eureka));
        }
    }

    private static List<Row> run(Stage stage, int seconds, List<EurekaProcess> eureka) throws Exception {
        try (var ours = OurServer.start(stage, stage.size().usual())) {
            var rows = new ArrayList<Row>();
            int crowd = stage.options().connections(stage.size().crowd());
            rows.addAll(over(stage, seconds, crowd, contestants(eureka, ours, crowd), true));
            if (crowd != FEW) {
                rows.addAll(over(stage, seconds, FEW, contestants(eureka, ours, FEW), false));
            }
            return rows;
        }
    }

    /** Ours is the last one. */
    private static List<Contestant> contestants(List<EurekaProcess> eureka, OurServer ours, int connections) {
        var contestants = new ArrayList<Contestant>();
        for (var process : eureka) {
            contestants.add(process.contestant(
                    "Eureka, %,d connections".formatted(connections),
                    process.population().heartbeats()));
        }
        contestants.add(ours.contestant(
                "heartbeat, %,d connections".formatted(connections),
                ours.population().heartbeats()));
        return contestants;
    }

    /** @param isWanted whether the targets speak of so many connections */
    private static List<Row> over(
            Stage stage, int seconds, int connections, List<Contestant> contestants, boolean isWanted)
            throws Exception {
        var load = Machine.loadAverage();
        var trial = Trial.closed(stage, connections);
        var round = stage.options().round(seconds);
        // The second time they are warm already.
        var figures = isWanted ? trial.measure(stage, contestants, round) : trial.rounds(stage, contestants, round);
        var table = new Table(NAME, "heartbeats/s", load + " to " + Machine.loadAverage());
        double eureka = contestants.size() > 1 ? figures.getFirst().median() : 0;
        for (int i = 0; i < figures.size(); i++) {
            boolean isOurs = i == figures.size() - 1;
            table.add(
                    contestants.get(i),
                    figures.get(i),
                    eureka,
                    isOurs && isWanted ? goals(figures.get(i), eureka) : List.of());
        }
        return table.rows();
    }

    private static List<Goal> goals(Summary ours, double eureka) {
        var goals = new ArrayList<Goal>();
        goals.add(new Goal("≥ %,.0f/s".formatted(LEAST), ours.median() >= LEAST));
        if (eureka > 0) {
            goals.add(new Goal("≥ Eureka", ours.median() >= eureka));
        }
        return goals;
    }
}
