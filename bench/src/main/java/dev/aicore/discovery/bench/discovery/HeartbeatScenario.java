package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.ArrayList;
import java.util.List;

/** Measures single heartbeats. The registry answers when they are durable; Eureka holds them in memory. */
final class HeartbeatScenario {

    private static final String NAME = "heartbeats";
    private static final int FEW = 64;
    private static final double MIN = 20_000;

    private HeartbeatScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        if (benchContext.eureka().isEmpty()) {
            return run(benchContext, seconds, List.of());
        }
        try (var eureka = EurekaProcess.start(
                benchContext.eureka().get(), benchContext.size().eureka())) {
            return run(benchContext, seconds, List.of(eureka));
        }
    }

    private static List<DiscoverReportRow> run(BenchContext benchContext, int seconds, List<EurekaProcess> eureka)
            throws Exception {
        try (var registry =
                RegistryServer.start(benchContext, benchContext.size().usual())) {
            var rows = new ArrayList<DiscoverReportRow>();
            int crowd = benchContext.options().connections(benchContext.size().crowd());
            rows.addAll(over(benchContext, seconds, crowd, contestants(eureka, registry, crowd), true));
            if (crowd != FEW) {
                rows.addAll(over(benchContext, seconds, FEW, contestants(eureka, registry, FEW), false));
            }
            return rows;
        }
    }

    /** Returns the servers, with the registry last. */
    private static List<BenchmarkedServer> contestants(
            List<EurekaProcess> eureka, RegistryServer registry, int connections) {
        var contestants = new ArrayList<BenchmarkedServer>();
        for (var process : eureka) {
            contestants.add(process.contestant(
                    "Eureka, %,d connections".formatted(connections),
                    process.population().heartbeats()));
        }
        contestants.add(registry.contestant(
                "heartbeat, %,d connections".formatted(connections),
                registry.population().heartbeats()));
        return contestants;
    }

    /** @param isWanted true if thresholds apply to this number of connections */
    private static List<DiscoverReportRow> over(
            BenchContext benchContext,
            int seconds,
            int connections,
            List<BenchmarkedServer> contestants,
            boolean isWanted)
            throws Exception {
        var load = MachineInfo.loadAverage();
        var loadRun = LoadRun.closed(benchContext, connections);
        var round = benchContext.options().round(seconds);
        // The servers are already warm in the second series.
        var figures = isWanted
                ? loadRun.measure(benchContext, contestants, round)
                : loadRun.rounds(benchContext, contestants, round);
        var scenarioTable = new ScenarioTable(NAME, "heartbeats/s", load + " to " + MachineInfo.loadAverage());
        double eureka = contestants.size() > 1 ? figures.getFirst().median() : 0;
        for (int i = 0; i < figures.size(); i++) {
            boolean isOurs = i == figures.size() - 1;
            scenarioTable.add(
                    contestants.get(i),
                    figures.get(i),
                    eureka,
                    isOurs && isWanted ? goals(figures.get(i), eureka) : List.of());
        }
        return scenarioTable.rows();
    }

    private static List<Threshold> goals(RoundSummary ours, double eureka) {
        var goals = new ArrayList<Threshold>();
        goals.add(new Threshold("≥ %,.0f/s".formatted(MIN), ours.median() >= MIN));
        if (eureka > 0) {
            goals.add(new Threshold("≥ Eureka", ours.median() >= eureka));
        }
        return goals;
    }
}
