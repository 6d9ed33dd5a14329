package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.discover.Summary.Measured;
import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Spread;
import dev.aicore.discovery.bench.rig.Workplace;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures what a registry does in the first seconds after it is ready, on a store that holds its instances already, beside what it does warm. */
final class Cold {

    private static final String NAME = "cold";
    private static final double MIN_RATIO = 0.5;

    private final Stage stage;
    private final Duration round;
    private final Table table = new Table(NAME, "", Machine.loadAverage());
    private final List<Double> starts = new ArrayList<>();

    private Cold(Stage stage, int seconds) {
        this.stage = stage;
        this.round = stage.options().round(seconds);
    }

    static List<Row> run(Stage stage, int seconds) throws Exception {
        return new Cold(stage, seconds).run();
    }

    private List<Row> run() throws Exception {
        var size = stage.size();
        var all = new Population(size.usual());
        var registering =
                new Registering(all, size.usual().instances(), size.declared().pool(), Reads.CONNECTIONS);
        try (var place = Workplace.make()) {
            var first = OurServer.launch(stage, place, size.usual());
            // Its end writes the cache that later starts use, as after any build.
            try (Closeable _ = first::stop) {
                first.register();
            }
            measure(place, "discoveries", Trial.closed(stage, Reads.CONNECTIONS), MIN_RATIO);
            measure(place, "registrations", registering, 0);
        }
        table.add("from its launch until it is ready", "s", Spread.of(starts, seconds -> seconds));
        return table.rows();
    }

    /** @param minRatio of the rate that it has when it is warm; 0 if nothing is wanted */
    private void measure(Workplace place, String what, Trial trial, double minRatio) throws Exception {
        var rounds = stage.options().rounds();
        var cold = new ArrayList<Measured>();
        for (int i = 0; i < rounds; i++) {
            var ours = OurServer.launch(stage, place, stage.size().usual());
            try (Closeable _ = ours::stop) {
                starts.add(ours.server().secondsToReady());
                var contestant = contestant(ours, what + ", first %d s".formatted(round.toSeconds()));
                cold.add(trial.measured(contestant, round));
                trial.reset(contestant);
                if (i == rounds - 1) {
                    var warm = trial.measure(stage, List.of(contestant(ours, what + ", warm")), round)
                            .getFirst();
                    var figure = Summary.of(cold);
                    double ratio = figure.median() / warm.median();
                    table.add(contestant, what + "/s", figure, warm.median(), goals(ratio, minRatio));
                    table.add(contestant(ours, what + ", warm"), what + "/s", warm, 0, List.of());
                }
            }
        }
    }

    private Contestant contestant(OurServer ours, String name) {
        var discoveries =
                ours.population().discoveries(Population.DISCOVER, stage.size().limit());
        return ours.contestant(name, discoveries);
    }

    private static List<Goal> goals(double ratio, double minRatio) {
        return minRatio == 0 ? List.of() : List.of(new Goal("≥ %.1f of warm".formatted(minRatio), ratio >= minRatio));
    }
}
