package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures discoveries of 5 instances in a closed loop: the registry's hot path, its WebFlux path, a bare server with
 * answers of equal length, and Eureka with applications of 5 instances.
 */
final class ReadScenario {

    static final int CONNECTIONS = 64;

    private static final String NAME = "reads";
    private static final double MIN_OF_RAW = 0.65;
    private static final double MIN_OF_EUREKA = 4;

    private ReadScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        if (benchContext.eureka().isEmpty()) {
            return run(benchContext, seconds, List.of());
        }
        try (var eureka = EurekaProcess.start(
                benchContext.eureka().get(), benchContext.size().eureka())) {
            var name = "Eureka, %,d bytes".formatted(eureka.responseLength());
            return run(
                    benchContext,
                    seconds,
                    List.of(eureka.contestant(name, eureka.population().discoveries())));
        }
    }

    private static List<DiscoverReportRow> run(BenchContext benchContext, int seconds, List<BenchmarkedServer> eureka)
            throws Exception {
        int limit = benchContext.size().limit();
        var load = MachineInfo.loadAverage();
        try (var registry =
                        RegistryServer.start(benchContext, benchContext.size().usual());
                var raw = BareNettyProcess.launch(registry.responseLength(DiscoverPopulation.DISCOVER, limit))) {
            var fast = registry.population().discoveries(DiscoverPopulation.DISCOVER, limit);
            var contestants = new ArrayList<>(List.of(
                    raw.contestant(fast),
                    registry.contestant("discover, %,d bytes".formatted(raw.length()), fast),
                    registry.contestant(
                            "discover, by WebFlux (%s)".formatted(DiscoverPopulation.DISCOVER_BY_FRAMEWORK),
                            registry.population().discoveries(DiscoverPopulation.DISCOVER_BY_FRAMEWORK, limit))));
            contestants.addAll(eureka);
            var figures = LoadRun.closed(benchContext, benchContext.options().connections(CONNECTIONS))
                    .measure(benchContext, contestants, benchContext.options().round(seconds));
            var scenarioTable = new ScenarioTable(NAME, "answers/s", load + " to " + MachineInfo.loadAverage());
            double limitOfMachine = figures.getFirst().median();
            for (int i = 0; i < figures.size(); i++) {
                var figure = figures.get(i);
                scenarioTable.add(contestants.get(i), figure, limitOfMachine, i == 1 ? goals(figures) : List.of());
            }
            scenarioTable.add(registry.lookups());
            return scenarioTable.rows();
        }
    }

    /** @param figures results in the order of the rows: bare server, hot path, WebFlux, and possibly Eureka */
    private static List<Threshold> goals(List<RoundSummary> figures) {
        double ours = figures.get(1).median();
        var goals = new ArrayList<Threshold>();
        double ofRaw = ours / figures.getFirst().median();
        goals.add(new Threshold("≥ %.2f of the bare server (%.2f)".formatted(MIN_OF_RAW, ofRaw), ofRaw >= MIN_OF_RAW));
        if (figures.size() > 3) {
            double ofEureka = ours / figures.getLast().median();
            goals.add(new Threshold(
                    "≥ %.0f × Eureka (%.1f)".formatted(MIN_OF_EUREKA, ofEureka), ofEureka >= MIN_OF_EUREKA));
        }
        return goals;
    }
}
