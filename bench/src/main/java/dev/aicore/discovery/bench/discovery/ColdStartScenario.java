package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.RoundSummary.Measured;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the rate of a registry in the first seconds after it is ready, on a store that already contains its
 * instances, and compares it with the warm rate.
 */
final class ColdStartScenario {

    private static final String NAME = "cold";
    private static final double MIN_RATIO = 0.5;

    private final BenchContext benchContext;
    private final Duration round;
    private final ScenarioTable scenarioTable = new ScenarioTable(NAME, "", MachineInfo.loadAverage());
    private final List<Double> starts = new ArrayList<>();

    private ColdStartScenario(BenchContext benchContext, int seconds) {
        this.benchContext = benchContext;
        this.round = benchContext.options().round(seconds);
    }

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        return new ColdStartScenario(benchContext, seconds).run();
    }

    private List<DiscoverReportRow> run() throws Exception {
        var discoverBenchSize = benchContext.size();
        var all = new DiscoverPopulation(discoverBenchSize.usual());
        var registrationLoad = new RegistrationLoad(
                all,
                discoverBenchSize.usual().instances(),
                discoverBenchSize.declared().pool(),
                ReadScenario.CONNECTIONS);
        try (var directory = TempDirectory.make()) {
            var first = RegistryServer.launch(benchContext, directory, discoverBenchSize.usual());
            // Its end writes the AOT cache that later starts use, as after any build.
            try (Closeable _ = first::stop) {
                first.register();
            }
            measure(directory, "discoveries", LoadRun.closed(benchContext, ReadScenario.CONNECTIONS), MIN_RATIO);
            measure(directory, "registrations", registrationLoad, 0);
        }
        scenarioTable.add("launch until ready", "s", RoundStatistics.of(starts, seconds -> seconds));
        return scenarioTable.rows();
    }

    /** @param minRatio minimum ratio to the warm rate; 0 if there is no threshold */
    private void measure(TempDirectory directory, String what, LoadRun loadRun, double minRatio) throws Exception {
        var rounds = benchContext.options().rounds();
        var cold = new ArrayList<Measured>();
        for (int i = 0; i < rounds; i++) {
            var registry = RegistryServer.launch(
                    benchContext, directory, benchContext.size().usual());
            try (Closeable _ = registry::stop) {
                starts.add(registry.server().secondsToReady());
                var benchmarkedServer = contestant(registry, what + ", first %d s".formatted(round.toSeconds()));
                cold.add(loadRun.measured(benchmarkedServer, round));
                loadRun.reset(benchmarkedServer);
                if (i == rounds - 1) {
                    var warm = loadRun.measure(benchContext, List.of(contestant(registry, what + ", warm")), round)
                            .getFirst();
                    var figure = RoundSummary.of(cold);
                    double ratio = figure.median() / warm.median();
                    scenarioTable.add(benchmarkedServer, what + "/s", figure, warm.median(), goals(ratio, minRatio));
                    scenarioTable.add(contestant(registry, what + ", warm"), what + "/s", warm, 0, List.of());
                }
            }
        }
    }

    private BenchmarkedServer contestant(RegistryServer registry, String name) {
        var discoveries = registry.population()
                .discoveries(DiscoverPopulation.DISCOVER, benchContext.size().limit());
        return registry.contestant(name, discoveries);
    }

    private static List<Threshold> goals(double ratio, double minRatio) {
        return minRatio == 0
                ? List.of()
                : List.of(new Threshold("≥ %.1f of warm".formatted(minRatio), ratio >= minRatio));
    }
}
