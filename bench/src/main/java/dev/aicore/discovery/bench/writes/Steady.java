package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Workplace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Every instance's lease is renewed every ten seconds and it is checked as often, at a fixed rate which waits for no answer. */
final class Steady {

    private static final long PATIENCE_MILLIS = 20;
    private static final double MOST_BYTES = 30;

    private final String name;
    private final Options options;
    private final BiFunction<Store, List<String>, Registry> sides;
    private final int inService;
    private final double mostMicros;

    private Steady(
            String name,
            Options options,
            BiFunction<Store, List<String>, Registry> sides,
            int inService,
            double mostMicros) {
        this.name = name;
        this.options = options;
        this.sides = sides;
        this.inService = inService;
        this.mostMicros = mostMicros;
    }

    static List<Row> commandSide(Options options, int seconds) throws Exception {
        return new Steady("steady", options, Registry::ofCommands, Size.IN_SERVICE, 20).run(seconds);
    }

    static List<Row> allSides(Options options, int seconds) throws Exception {
        return new Steady("projections", options, Registry::ofAllSides, Size.IN_SERVICE, 35).run(seconds);
    }

    static List<Row> oneService(Options options, int seconds) throws Exception {
        return new Steady(
                        "one-service",
                        options,
                        Registry::ofCommands,
                        options.size().instances(),
                        20)
                .run(seconds);
    }

    private List<Row> run(int seconds) throws Exception {
        var size = options.size();
        var load = Machine.loadAverage();
        try (var place = Workplace.make();
                var store = Store.start(place.directory());
                var registry = sides.apply(store, options.settings())) {
            var population = Population.register(registry.intake(), size.instances(), inService);
            var loop = new OpenLoop(population::observation, size.observations());
            var target = Target.ofStreams(registry.intake());
            var warmUp = Duration.ofSeconds(size.warmUpSeconds());
            loop.run(target, warmUp);
            var rounds = new ArrayList<Round>();
            for (int round = 0; round < options.rounds(); round++) {
                rounds.add(Round.of(store, () -> loop.run(target, options.round(seconds))));
            }
            var nobody = Round.of(store, () -> loop.run(Target.ofNobody(), warmUp));
            var summary = Summary.of(rounds, nobody.each(nobody.cost().jvmNanos()) / 1e3);
            return List.of(Row.of(
                    name,
                    "observations/s",
                    summary,
                    load + " to " + Machine.loadAverage(),
                    goals(summary, registry.windowMillis())));
        }
    }

    private Goal[] goals(Summary summary, long window) {
        long most = window + PATIENCE_MILLIS;
        return new Goal[] {
            new Goal("no errors", summary.errors() == 0),
            new Goal("p99 ≤ " + most + " ms", summary.bestP99Millis() <= most),
            new Goal("disk ≤ %.0f B".formatted(MOST_BYTES), summary.diskBytes() <= MOST_BYTES),
            new Goal("CPU ≤ %.0f µs".formatted(mostMicros), summary.micros() <= mostMicros)
        };
    }
}
