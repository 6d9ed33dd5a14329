package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Bundled;
import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Discoveries at a fixed rate, each counted from when it was to be sent. The bare server tells what of the times is the machine's and
 * the generator's own.
 */
final class Open {

    private static final String NAME = "open";
    private static final int CONNECTIONS = 256;
    private static final int LIMIT_SECONDS = 5;
    private static final double MOST_MILLIS = 10;

    private Open() {}

    static List<Row> run(Stage stage, int seconds) throws Exception {
        int limit = stage.size().limit();
        int connections = stage.options().connections(CONNECTIONS);
        double perSecond = stage.size().perSecond();
        var load = Machine.loadAverage();
        var generator = new Bundled();
        var core = new Core();
        try (var ours = OurServer.start(stage, stage.size().usual());
                var raw = RawProcess.launch(ours.lengthOfAnswer(Population.DISCOVER, limit))) {
            var requests = ours.population().discoveries(Population.DISCOVER, limit);
            var contestants = List.of(
                    raw.contestant(requests), ours.contestant("discover, %,d bytes".formatted(raw.length()), requests));
            Trial open = (contestant, duration) -> core.during(
                    contestant.port() == raw.port(),
                    () -> generator.open(contestant.port(), contestant.requests(), connections, perSecond, duration));
            var figures = open.measure(stage, contestants, stage.options().round(seconds));
            var most = generator.run(raw.port(), requests, connections, Duration.ofSeconds(LIMIT_SECONDS));
            var table =
                    new Table(NAME, "answers/s of %,.0f".formatted(perSecond), load + " to " + Machine.loadAverage());
            for (int i = 0; i < figures.size(); i++) {
                table.add(contestants.get(i), figures.get(i), 0, i == 1 ? goals(figures.get(i)) : List.of());
            }
            table.add("the generator's own limit, closed loop on the bare server", "answers/s", most.perSecond());
            table.add("what the generator takes of a core at this rate", "%", core.percent());
            table.add(ours.lookups());
            return table.rows();
        }
    }

    private static List<Goal> goals(Summary figure) {
        return List.of(
                new Goal("no errors", figure.errors() == 0),
                new Goal("p99 < %.0f ms".formatted(MOST_MILLIS), figure.bestP99Millis() < MOST_MILLIS));
    }

    /** What this thread, which is the generator's, takes of its core. */
    private static final class Core {

        private long cpuNanos;
        private long nanos;

        <T> T during(boolean isCounted, Callable<T> load) throws Exception {
            var threads = ManagementFactory.getThreadMXBean();
            long cpuBefore = threads.getCurrentThreadCpuTime();
            long before = System.nanoTime();
            var result = load.call();
            if (isCounted) {
                cpuNanos += threads.getCurrentThreadCpuTime() - cpuBefore;
                nanos += System.nanoTime() - before;
            }
            return result;
        }

        double percent() {
            return 100.0 * cpuNanos / nanos;
        }
    }
}
