package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long a registry takes from the launch of its process until it is ready, with an empty and with a large
 * store.
 */
final class RestartScenario {

    private static final double MAX = 5;

    private RestartScenario() {}

    static List<WriteReportRow> run(WriteBenchOptions writeBenchOptions, int seconds) throws Exception {
        var load = MachineInfo.loadAverage();
        try (var caches = TempDirectory.make();
                var empty = TempDirectory.make();
                var full = TempDirectory.make()) {
            fill(empty.directory(), writeBenchOptions, 0);
            long stored = fill(
                    full.directory(),
                    writeBenchOptions,
                    writeBenchOptions.size().kept());
            var cache = caches.directory().resolve("registry.aot");
            if (RegistryProcess.writesCache(cache)) {
                // As after any build, the end of the first registry writes the AOT cache that later starts use.
                starts(empty.directory(), cache, 1, writeBenchOptions);
            }
            var without = starts(empty.directory(), cache, writeBenchOptions.rounds(), writeBenchOptions);
            var with = starts(full.directory(), cache, writeBenchOptions.rounds(), writeBenchOptions);
            double median = with.median();
            var after = load + " to " + MachineInfo.loadAverage();
            return List.of(
                    WriteReportRow.of(
                            "restart",
                            "s from launch to ready, store without observations",
                            without.sorted().size(),
                            without,
                            after),
                    WriteReportRow.of(
                            "restart",
                            "s from launch to ready, store of %,d observations".formatted(stored),
                            with.sorted().size(),
                            with,
                            after,
                            new Threshold("≤ %.0f s".formatted(MAX), median <= MAX)));
        }
    }

    /**
     * Fills a store through the command side, with all sides in the process, and returns the number of observations.
     * The number of outstanding requests makes the events about as large as those of the steady load.
     */
    private static long fill(Path directory, WriteBenchOptions writeBenchOptions, long observations) throws Exception {
        var writeBenchSize = writeBenchOptions.size();
        try (var benchPostgres = BenchPostgres.start(directory);
                var inProcessRegistry = InProcessRegistry.ofAllSides(benchPostgres, writeBenchOptions.settings())) {
            var writeBenchPopulation = WriteBenchPopulation.register(
                    inProcessRegistry.commandGateway(), writeBenchSize.instances(), WriteBenchSize.IN_SERVICE);
            if (observations == 0) {
                return 0;
            }
            var responseHistogram = new ClosedLoop(
                            writeBenchPopulation,
                            ObservationSink.of(inProcessRegistry.commandGateway()),
                            Math.min(2_000, writeBenchSize.outstanding()))
                    .run(observations);
            if (responseHistogram.bad() > 0) {
                throw new IllegalStateException("Failed to store " + responseHistogram.bad() + " observations.");
            }
            return responseHistogram.good();
        }
    }

    private static RoundStatistics starts(Path directory, Path cache, int times, WriteBenchOptions writeBenchOptions)
            throws Exception {
        var took = new ArrayList<Double>();
        for (int i = 0; i < times; i++) {
            try (var server = RegistryProcess.launch(directory, cache, writeBenchOptions.settings())) {
                took.add(server.secondsToReady());
            }
        }
        return RoundStatistics.of(took, seconds -> seconds);
    }
}
