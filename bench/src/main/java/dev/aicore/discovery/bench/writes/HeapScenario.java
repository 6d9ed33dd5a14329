package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the heap of live instances, with all sides in the process: each is registered, renewed, checked and
 * discovered.
 */
final class HeapScenario {

    private static final int FIRST = 200;
    private static final int COLLECTIONS = 4;
    private static final long PAUSE_NANOS = 500_000_000;
    private static final double MAX = 20;

    private HeapScenario() {}

    static List<WriteReportRow> run(WriteBenchOptions writeBenchOptions, int seconds) throws Exception {
        var writeBenchSize = writeBenchOptions.size();
        var load = MachineInfo.loadAverage();
        try (var directory = TempDirectory.make();
                var benchPostgres = BenchPostgres.start(directory.directory());
                var inProcessRegistry = InProcessRegistry.ofAllSides(benchPostgres, writeBenchOptions.settings());
                var benchHttpClient = new BenchHttpClient(inProcessRegistry.port())) {
            // One-time allocations happen before the first measurement.
            use(inProcessRegistry, benchHttpClient, FIRST, 0);
            double before = liveMegabytes();
            use(inProcessRegistry, benchHttpClient, FIRST + writeBenchSize.inMemory(), FIRST);
            double took = liveMegabytes() - before;
            return List.of(WriteReportRow.of(
                    "memory",
                    "MB of live heap for %,d instances".formatted(writeBenchSize.inMemory()),
                    writeBenchSize.inMemory(),
                    RoundStatistics.of(took),
                    load,
                    new Threshold("≤ %.0f MB".formatted(MAX), took <= MAX)));
        }
    }

    /** Uses the registry; its own allocations don't outlive the call, only those of the registry do. */
    private static void use(
            InProcessRegistry inProcessRegistry, BenchHttpClient benchHttpClient, int instances, int from)
            throws Exception {
        var writeBenchPopulation =
                WriteBenchPopulation.register(inProcessRegistry.commandGateway(), instances, WriteBenchSize.IN_SERVICE);
        var responseHistogram = new OpenLoop(writeBenchPopulation::observation, instances)
                .run(ObservationSink.of(inProcessRegistry.commandGateway()), Duration.ofSeconds(2));
        for (int service = from / WriteBenchSize.IN_SERVICE;
                service < instances / WriteBenchSize.IN_SERVICE;
                service++) {
            // The read model may lag behind.
            benchHttpClient.await("/api/v1/discover?service_name=service-" + service);
        }
        if (responseHistogram.bad() > 0) {
            throw new IllegalStateException(responseHistogram.bad() + " observations failed.");
        }
    }

    private static double liveMegabytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            // References, caches and timers release further objects after a collection.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
