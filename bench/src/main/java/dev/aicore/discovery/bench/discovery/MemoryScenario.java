package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.LiveHeap;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.ProcessStats;
import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.Threshold;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/**
 * Measures the resident memory of the server's process after load and a rest, and its live heap; its stores separately.
 */
final class MemoryScenario {

    private static final String NAME = "memory";
    private static final double MEGABYTE = 1 << 20;
    private static final double MAX = 350;

    private MemoryScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        var load = MachineInfo.loadAverage();
        // As after any build, the end of the first server writes the AOT cache that later starts use.
        if (!Files.exists(benchContext.cache())) {
            RegistryServer.start(benchContext, new DiscoverPopulation.Shape(1, 1))
                    .close();
        }
        try (var registry =
                RegistryServer.start(benchContext, benchContext.size().usual())) {
            var discoverPopulation = registry.population();
            int limit = benchContext.size().limit();
            LoadRun.closed(benchContext, benchContext.options().connections(ReadScenario.CONNECTIONS))
                    .measure(
                            benchContext,
                            List.of(
                                    registry.contestant(
                                            "", discoverPopulation.discoveries(DiscoverPopulation.DISCOVER, limit)),
                                    registry.contestant("", discoverPopulation.heartbeats())),
                            benchContext.options().round(seconds));
            Sleeper.during(Duration.ofSeconds(benchContext.size().idleSeconds()));
            return measure(registry, load);
        }
    }

    private static List<DiscoverReportRow> measure(RegistryServer registry, String load) throws Exception {
        var server = registry.server().process();
        double resident = ProcessStats.residentBytes(server) / MEGABYTE;
        double postgres = ofStore(server, "postgres");
        double redis = ofStore(server, "redis");
        var scenarioTable = new ScenarioTable(NAME, "MB", load + " to " + MachineInfo.loadAverage());
        scenarioTable.add(
                "server process, " + registry.population().shape(),
                "MB",
                resident,
                new Threshold("≤ %.0f MB".formatted(MAX), resident > 0 && resident <= MAX));
        scenarioTable.add("of which live objects", "MB", LiveHeap.bytes(server) / MEGABYTE);
        scenarioTable.add("embedded PostgreSQL processes, shared pages once", "MB", postgres);
        scenarioTable.add("embedded Redis", "MB", redis);
        return scenarioTable.rows();
    }

    private static double ofStore(ProcessHandle server, String program) {
        return ProcessStats.sharedBytes(server.descendants()
                        .filter(process -> ProcessStats.program(process).startsWith(program)))
                / MEGABYTE;
    }
}
