package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import java.util.List;

/** The same discoveries among ten times as many instances. */
final class Many {

    private static final String NAME = "many";
    private static final double LEAST = 0.85;

    private Many() {}

    static List<Row> run(Stage stage, int seconds) throws Exception {
        var load = Machine.loadAverage();
        try (var few = OurServer.start(stage, stage.size().usual());
                var many = OurServer.start(stage, stage.size().many())) {
            var contestants = List.of(contestant(stage, few), contestant(stage, many));
            var figures = Trial.closed(stage, stage.options().connections(Reads.CONNECTIONS))
                    .measure(stage, contestants, stage.options().round(seconds));
            double base = figures.getFirst().median();
            boolean isMet = figures.getLast().median() >= LEAST * base;
            var table = new Table(NAME, "answers/s", load + " to " + Machine.loadAverage());
            table.add(contestants.getFirst(), figures.getFirst(), base, List.of());
            table.add(
                    contestants.getLast(),
                    figures.getLast(),
                    base,
                    List.of(new Goal("≥ %.2f of the first".formatted(LEAST), isMet)));
            table.add(many.lookups());
            return table.rows();
        }
    }

    private static Contestant contestant(Stage stage, OurServer server) {
        var population = server.population();
        return server.contestant(
                "discover among " + population.shape(),
                population.discoveries(Population.DISCOVER, stage.size().limit()));
    }
}
