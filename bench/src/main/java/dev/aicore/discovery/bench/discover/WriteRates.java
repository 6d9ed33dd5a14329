package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Registrations, or updates, as fast as they are answered: of Eureka, whose instances are in memory, and then of our registry, whose
 * are on disk when it answers.
 */
final class WriteRates {

    private static final int FEW = 64;
    private static final int MANY = 256;
    private static final double MAX_MILLIS = 10;
    private static final double MIN_UPDATES = 8_000;

    /** What is sent over so many connections. */
    @FunctionalInterface
    private interface Load {
        Trial of(Declarations declarations, int connections);
    }

    private final Stage stage;
    private final Duration round;
    private final Load load;

    /** Over as few connections as the targets speak of. */
    private final Function<Summary, Goal> wanted;

    private final Table table;
    private final Map<Integer, Double> eureka = new HashMap<>();

    private WriteRates(Stage stage, int seconds, String name, Load load, Function<Summary, Goal> wanted) {
        this.stage = stage;
        this.round = stage.options().round(seconds);
        this.load = load;
        this.wanted = wanted;
        this.table = new Table(name, name + "/s", Machine.loadAverage());
    }

    static List<Row> registrations(Stage stage, int seconds) throws Exception {
        int first = stage.size().usual().instances();
        int pool = stage.size().declared().pool();
        return new WriteRates(
                        stage,
                        seconds,
                        "registrations",
                        (declarations, connections) -> new Registering(declarations, first, pool, connections),
                        figure -> new Goal("p50 ≤ %.0f ms".formatted(MAX_MILLIS), figure.p50Millis() <= MAX_MILLIS))
                .run();
    }

    static List<Row> updates(Stage stage, int seconds) throws Exception {
        int instances = stage.size().usual().instances();
        return new WriteRates(
                        stage,
                        seconds,
                        "updates",
                        (declarations, connections) ->
                                new Updating(declarations, instances, connections, stage.generator()),
                        figure -> new Goal("≥ %,.0f/s".formatted(MIN_UPDATES), figure.median() >= MIN_UPDATES))
                .run();
    }

    private List<Row> run() throws Exception {
        if (stage.eureka().isPresent()) {
            try (var process =
                    EurekaProcess.start(stage.eureka().get(), stage.size().eureka())) {
                for (int connections : connections()) {
                    var contestant = process.contestant(
                            words("Eureka", connections), process.population().registrations());
                    var figure = measure(process.population(), contestant, connections);
                    eureka.put(connections, figure.median());
                    table.add(contestant, figure, figure.median(), List.of());
                }
            }
        }
        try (var ours = OurServer.start(stage, stage.size().usual())) {
            for (int connections : connections()) {
                var contestant = ours.contestant(
                        words("ours, durable", connections), ours.population().registrations());
                var figure = measure(ours.population(), contestant, connections);
                table.add(contestant, figure, eureka.getOrDefault(connections, 0.0), goals(figure, connections));
            }
        }
        return table.rows();
    }

    private Summary measure(Declarations declarations, Contestant contestant, int connections) throws Exception {
        return load.of(declarations, connections)
                .measure(stage, List.of(contestant), round)
                .getFirst();
    }

    private List<Integer> connections() {
        int wished = stage.options().connections(0);
        return wished == 0 ? List.of(FEW, MANY) : List.of(wished);
    }

    private List<Goal> goals(Summary figure, int connections) {
        var goals = new ArrayList<>(List.of(new Goal("no errors", figure.errors() == 0)));
        if (connections == FEW) {
            goals.add(wanted.apply(figure));
            if (eureka.containsKey(connections)) {
                goals.add(new Goal("≥ Eureka", figure.median() >= eureka.get(connections)));
            }
        }
        return goals;
    }

    private static String words(String server, int connections) {
        return "%s, %,d connections".formatted(server, connections);
    }
}
