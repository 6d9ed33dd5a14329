package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.List;

/** Measures discoveries among ten times as many instances. */
final class LargeRegistryScenario {

    private static final String NAME = "many";
    private static final double MIN = 0.85;

    private LargeRegistryScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        var load = MachineInfo.loadAverage();
        try (var few = RegistryServer.start(benchContext, benchContext.size().usual());
                var many =
                        RegistryServer.start(benchContext, benchContext.size().many())) {
            var contestants = List.of(contestant(benchContext, few), contestant(benchContext, many));
            var figures = LoadRun.closed(benchContext, benchContext.options().connections(ReadScenario.CONNECTIONS))
                    .measure(benchContext, contestants, benchContext.options().round(seconds));
            double base = figures.getFirst().median();
            boolean isMet = figures.getLast().median() >= MIN * base;
            var scenarioTable = new ScenarioTable(NAME, "answers/s", load + " to " + MachineInfo.loadAverage());
            scenarioTable.add(contestants.getFirst(), figures.getFirst(), base, List.of());
            scenarioTable.add(
                    contestants.getLast(),
                    figures.getLast(),
                    base,
                    List.of(new Threshold("≥ %.2f of the smaller registry".formatted(MIN), isMet)));
            scenarioTable.add(many.lookups());
            return scenarioTable.rows();
        }
    }

    private static BenchmarkedServer contestant(BenchContext benchContext, RegistryServer server) {
        var discoverPopulation = server.population();
        return server.contestant(
                "discover among " + discoverPopulation.shape(),
                discoverPopulation.discoveries(
                        DiscoverPopulation.DISCOVER, benchContext.size().limit()));
    }
}
