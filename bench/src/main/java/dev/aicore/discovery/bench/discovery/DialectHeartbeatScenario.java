package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.List;

/**
 * Measures heartbeats over Eureka's protocol. The registry answers when they are durable; Eureka holds them in memory.
 */
final class DialectHeartbeatScenario {

    private static final String NAME = "heartbeats";

    private DialectHeartbeatScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds, DialectRegistry dialects)
            throws Exception {
        if (benchContext.eureka().isEmpty()) {
            return run(benchContext, seconds, dialects, List.of());
        }
        try (var eureka = EurekaProcess.start(
                benchContext.eureka().get(), benchContext.size().eureka())) {
            return run(
                    benchContext,
                    seconds,
                    dialects,
                    List.of(eureka.contestant(
                            "Eureka, in memory", eureka.population().heartbeats())));
        }
    }

    private static List<DiscoverReportRow> run(
            BenchContext benchContext, int seconds, DialectRegistry dialects, List<BenchmarkedServer> eureka)
            throws Exception {
        int crowd = benchContext.options().connections(benchContext.size().crowd());
        var load = MachineInfo.loadAverage();
        var ours = dialects.registry()
                .contestant(
                        "Eureka's heartbeat, durable, %,d connections".formatted(crowd),
                        dialects.eureka().heartbeats());
        var contestants = eureka.isEmpty() ? List.of(ours) : List.of(eureka.getFirst(), ours);
        var figures = LoadRun.closed(benchContext, crowd)
                .measure(benchContext, contestants, benchContext.options().round(seconds));
        var scenarioTable = new ScenarioTable(NAME, "heartbeats/s", load + " to " + MachineInfo.loadAverage());
        double base = eureka.isEmpty() ? 0 : figures.getFirst().median();
        for (int i = 0; i < figures.size(); i++) {
            boolean isOurs = contestants.get(i).isOurs();
            scenarioTable.add(
                    contestants.get(i),
                    figures.get(i),
                    base,
                    isOurs && base > 0
                            ? List.of(new Threshold("≥ Eureka", figures.get(i).median() >= base))
                            : List.of());
        }
        return scenarioTable.rows();
    }
}
