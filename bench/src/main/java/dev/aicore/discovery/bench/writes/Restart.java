package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.ServerProcess;
import dev.aicore.discovery.bench.rig.Spread;
import dev.aicore.discovery.bench.rig.Workplace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long a registry takes from the launch of its process until it says that it is ready, with little and with much behind it. */
final class Restart {

    private static final double MOST = 5;

    private Restart() {}

    static List<Row> run(Options options, int seconds) throws Exception {
        var load = Machine.loadAverage();
        try (var caches = Workplace.make();
                var empty = Workplace.make();
                var full = Workplace.make()) {
            fill(empty.directory(), options, 0);
            long kept = fill(full.directory(), options, options.size().kept());
            // As after any build, the first end of a registry leaves the cache that later starts use.
            var cache = caches.directory().resolve("registry.aot");
            starts(empty.directory(), cache, 1, options);
            var without = starts(empty.directory(), cache, options.rounds(), options);
            var with = starts(full.directory(), cache, options.rounds(), options);
            double median = with.median();
            var after = load + " to " + Machine.loadAverage();
            return List.of(
                    Row.of(
                            "restart",
                            "s from launch to ready, store without observations",
                            without.sorted().size(),
                            without,
                            after),
                    Row.of(
                            "restart",
                            "s from launch to ready, store of %,d observations".formatted(kept),
                            with.sorted().size(),
                            with,
                            after,
                            new Goal("≤ %.0f s".formatted(MOST), median <= MOST)));
        }
    }

    /**
     * Fills a store through the command side, with all sides in the process. So many requests are outstanding that the events are
     * about as large as those of the steady load.
     */
    private static long fill(Path directory, Options options, long observations) throws Exception {
        var size = options.size();
        try (var store = Store.start(directory);
                var registry = Registry.ofAllSides(store, options.settings())) {
            var population = Population.register(registry.intake(), size.instances(), Size.IN_SERVICE);
            if (observations == 0) {
                return 0;
            }
            var answers = new ClosedLoop(population, Target.of(registry.intake()), Math.min(2_000, size.outstanding()))
                    .run(observations);
            if (answers.bad() > 0) {
                throw new IllegalStateException("Of the observations to be kept, " + answers.bad() + " were not.");
            }
            return answers.good();
        }
    }

    private static Spread starts(Path directory, Path cache, int times, Options options) throws Exception {
        var took = new ArrayList<Double>();
        for (int i = 0; i < times; i++) {
            try (var server = ServerProcess.launch(directory, cache, options.settings())) {
                took.add(server.secondsToReady());
            }
        }
        return Spread.of(took, seconds -> seconds);
    }
}
