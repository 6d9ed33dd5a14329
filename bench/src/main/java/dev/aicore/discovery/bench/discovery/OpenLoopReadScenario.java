package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures discoveries at a fixed rate, each timed from its intended start. The bare server shows which part of the
 * latency comes from the machine and the generator.
 */
final class OpenLoopReadScenario {

    private static final String NAME = "open";
    private static final int CONNECTIONS = 256;
    private static final int LIMIT_SECONDS = 5;
    private static final double MAX_MILLIS = 10;

    private OpenLoopReadScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        int limit = benchContext.size().limit();
        int connections = benchContext.options().connections(CONNECTIONS);
        double perSecond = benchContext.size().perSecond();
        var load = MachineInfo.loadAverage();
        var generator = new BuiltInGenerator();
        var core = new Core();
        try (var registry =
                        RegistryServer.start(benchContext, benchContext.size().usual());
                var raw = BareNettyProcess.launch(registry.responseLength(DiscoverPopulation.DISCOVER, limit))) {
            var requestCycle = registry.population().discoveries(DiscoverPopulation.DISCOVER, limit);
            var contestants = List.of(
                    raw.contestant(requestCycle),
                    registry.contestant("discover, %,d bytes".formatted(raw.length()), requestCycle));
            LoadRun open = (benchmarkedServer, duration) -> core.during(
                    benchmarkedServer.port() == raw.port(),
                    () -> generator.open(
                            benchmarkedServer.port(), benchmarkedServer.requests(), connections, perSecond, duration));
            var figures = open.measure(
                    benchContext, contestants, benchContext.options().round(seconds));
            var maximum = generator.run(raw.port(), requestCycle, connections, Duration.ofSeconds(LIMIT_SECONDS));
            var scenarioTable = new ScenarioTable(
                    NAME, "answers/s of %,.0f".formatted(perSecond), load + " to " + MachineInfo.loadAverage());
            for (int i = 0; i < figures.size(); i++) {
                scenarioTable.add(contestants.get(i), figures.get(i), 0, i == 1 ? goals(figures.get(i)) : List.of());
            }
            scenarioTable.add(
                    "limit of the generator, closed loop on the bare server", "answers/s", maximum.perSecond());
            scenarioTable.add("CPU of the generator at this rate, of one core", "%", core.percent());
            scenarioTable.add(registry.lookups());
            return scenarioTable.rows();
        }
    }

    private static List<Threshold> goals(RoundSummary figure) {
        return List.of(
                new Threshold("no errors", figure.errors() == 0),
                new Threshold("p99 < %.0f ms".formatted(MAX_MILLIS), figure.bestP99Millis() < MAX_MILLIS));
    }

    /** Measures the share of a core that this thread, the generator's, takes. */
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
