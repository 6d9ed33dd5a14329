package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * Discoveries of 5 instances, asked for as fast as they are answered: of our registry, of the same one past its fast lane, of a bare
 * server whose answer is as long, and of Eureka, whose applications have 5 instances.
 */
final class Reads {

    static final int CONNECTIONS = 64;

    private static final String NAME = "reads";
    private static final double LEAST_OF_RAW = 0.65;
    private static final double LEAST_OF_EUREKA = 4;

    private Reads() {}

    static List<Row> run(Stage stage, int seconds) throws Exception {
        if (stage.eureka().isEmpty()) {
            return run(stage, seconds, List.of());
        }
        try (var eureka = EurekaProcess.start(stage.eureka().get(), stage.size().eureka())) {
            var name = "Eureka, %,d bytes".formatted(eureka.lengthOfAnswer());
            return run(
                    stage,
                    seconds,
                    List.of(eureka.contestant(name, eureka.population().discoveries())));
        }
    }

    private static List<Row> run(Stage stage, int seconds, List<Contestant> eureka) throws Exception {
        int limit = stage.size().limit();
        var load = Machine.loadAverage();
        try (var ours = OurServer.start(stage, stage.size().usual());
                var raw = RawProcess.launch(ours.lengthOfAnswer(Population.DISCOVER, limit))) {
            var fast = ours.population().discoveries(Population.DISCOVER, limit);
            var contestants = new ArrayList<>(List.of(
                    raw.contestant(fast),
                    ours.contestant("discover, %,d bytes".formatted(raw.length()), fast),
                    ours.contestant(
                            "discover, by WebFlux (%s)".formatted(Population.DISCOVER_BY_FRAMEWORK),
                            ours.population().discoveries(Population.DISCOVER_BY_FRAMEWORK, limit))));
            contestants.addAll(eureka);
            var figures = Trial.closed(stage, stage.options().connections(CONNECTIONS))
                    .measure(stage, contestants, stage.options().round(seconds));
            var table = new Table(NAME, "answers/s", load + " to " + Machine.loadAverage());
            double limitOfMachine = figures.getFirst().median();
            for (int i = 0; i < figures.size(); i++) {
                var figure = figures.get(i);
                table.add(contestants.get(i), figure, limitOfMachine, i == 1 ? goals(figures) : List.of());
            }
            table.add(ours.lookups());
            return table.rows();
        }
    }

    /** The figures in the order of the rows: a bare server, ours, ours without the fast lane, and perhaps Eureka. */
    private static List<Goal> goals(List<Summary> figures) {
        double ours = figures.get(1).median();
        var goals = new ArrayList<Goal>();
        double ofRaw = ours / figures.getFirst().median();
        goals.add(new Goal("≥ %.2f of the bare server (%.2f)".formatted(LEAST_OF_RAW, ofRaw), ofRaw >= LEAST_OF_RAW));
        if (figures.size() > 3) {
            double ofEureka = ours / figures.getLast().median();
            goals.add(new Goal(
                    "≥ %.0f × Eureka (%.1f)".formatted(LEAST_OF_EUREKA, ofEureka), ofEureka >= LEAST_OF_EUREKA));
        }
        return goals;
    }
}
