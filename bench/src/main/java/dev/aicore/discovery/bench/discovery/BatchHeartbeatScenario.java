package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.List;

/** Measures heartbeats of many instances in one request. An answer that reports a failed heartbeat is an error. */
final class BatchHeartbeatScenario {

    private static final String NAME = "batch";
    private static final int CONNECTIONS = 64;
    private static final double MIN = 500_000;

    private BatchHeartbeatScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        int batch = benchContext.size().batch();
        int connections = benchContext.options().connections(CONNECTIONS);
        var load = MachineInfo.loadAverage();
        try (var registry =
                RegistryServer.start(benchContext, benchContext.size().many())) {
            var benchmarkedServer = registry.contestant(
                    "heartbeats, %,d per request, of %,d instances"
                            .formatted(batch, benchContext.size().many().instances()),
                    registry.population().batches(batch));
            var rounds = LoadRun.closed(benchContext, connections)
                    .measure(
                            benchContext,
                            List.of(benchmarkedServer),
                            benchContext.options().round(seconds))
                    .getFirst()
                    .of(batch);
            var scenarioTable = new ScenarioTable(NAME, "instances/s", load + " to " + MachineInfo.loadAverage());
            scenarioTable.add(
                    benchmarkedServer,
                    rounds,
                    0,
                    List.of(
                            new Threshold("no errors", rounds.errors() == 0),
                            new Threshold("≥ %,.0f/s".formatted(MIN), rounds.median() >= MIN)));
            return scenarioTable.rows();
        }
    }
}
