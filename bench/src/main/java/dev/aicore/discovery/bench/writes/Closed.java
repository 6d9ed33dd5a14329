package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Workplace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** As many observations as the command side takes. */
final class Closed {

    private static final double LEAST = 500_000;

    private Closed() {}

    static List<Row> run(Options options, int seconds) throws Exception {
        var size = options.size();
        var load = Machine.loadAverage();
        try (var place = Workplace.make();
                var store = Store.start(place.directory());
                var registry = Registry.ofCommands(store, options.settings())) {
            var population = Population.register(registry.intake(), size.instances(), Size.IN_SERVICE);
            var loop = new ClosedLoop(population, Target.of(registry.intake()), size.outstanding());
            loop.run(Duration.ofSeconds(size.warmUpSeconds()));
            var rounds = new ArrayList<Round>();
            for (int round = 0; round < options.rounds(); round++) {
                rounds.add(Round.of(store, () -> loop.run(options.round(seconds))));
            }
            var summary = Summary.of(rounds, 0);
            return List.of(Row.of(
                    "closed",
                    "observations/s",
                    summary,
                    load + " to " + Machine.loadAverage(),
                    new Goal("no errors", summary.errors() == 0),
                    new Goal("≥ %,.0f/s".formatted(LEAST), summary.medianPerSecond() >= LEAST)));
        }
    }
}
