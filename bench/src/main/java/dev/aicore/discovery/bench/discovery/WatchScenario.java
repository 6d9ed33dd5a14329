package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.DiscoverPopulation.Shape;
import dev.aicore.discovery.bench.discovery.RoundSummary.Measured;
import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.rig.LiveHeap;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.ProcessStats;
import dev.aicore.discovery.bench.rig.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Measures the resources of many idle watchers, and how soon other watchers receive changes, beside them and beside
 * heartbeats.
 */
final class WatchScenario {

    private static final int CONNECTIONS = 16;
    private static final double MEGABYTE = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Wait for surplus events: long enough for several polls of the server. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private final BenchContext benchContext;
    private final DiscoverBenchSize.Watching size;
    private final RegistryServer registry;
    private final ChangeGenerator changeGenerator;

    private WatchScenario(BenchContext benchContext, RegistryServer registry) {
        this.benchContext = benchContext;
        this.size = benchContext.size().watching();
        this.registry = registry;
        this.changeGenerator =
                new ChangeGenerator(registry, benchContext.size().usual().services(), size);
    }

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        var usual = benchContext.size().usual();
        // The changing services have the numbers after the others.
        var shape = new Shape(usual.services() + benchContext.size().watching().changing(), usual.inService());
        try (var registry = RegistryServer.start(benchContext, shape)) {
            return new WatchScenario(benchContext, registry)
                    .run(benchContext.options().round(seconds));
        }
    }

    private List<DiscoverReportRow> run(Duration duration) throws Exception {
        var load = MachineInfo.loadAverage();
        warmUp();
        var before = footprint();
        try (var watcherGroup = new WatcherGroup(registry)) {
            watcherGroup.watch(DiscoverPopulation.each(
                    size.idle(),
                    watcher -> watcher % benchContext.size().usual().services()));
            var after = footprint();
            watcherGroup.watch(changingServices());
            var rounds = new ArrayList<Beside>();
            for (int i = 0; i < benchContext.options().rounds(); i++) {
                rounds.add(round(watcherGroup, size.idle(), duration));
            }
            return new WatchReportTable(benchContext.size(), load + " to " + MachineInfo.loadAverage())
                    .of(before, after, rounds);
        }
    }

    /** Runs like a round, before any counted watcher connects. */
    private void warmUp() throws Exception {
        try (var watcherGroup = new WatcherGroup(registry)) {
            watcherGroup.watch(changingServices());
            round(watcherGroup, 0, benchContext.size().warming().piece().multipliedBy(4));
        }
    }

    private List<Integer> changingServices() {
        int first = benchContext.size().usual().services();
        return DiscoverPopulation.each(size.changing() * size.each(), watcher -> first + watcher / size.each());
    }

    /** Measures the memory after a rest and a garbage collection. */
    private Footprint footprint() throws IOException, InterruptedException {
        Sleeper.during(Duration.ofSeconds(benchContext.size().idleSeconds()));
        var server = registry.server().process();
        double live = LiveHeap.bytes(server) / MEGABYTE;
        return new Footprint(ProcessStats.residentBytes(server) / MEGABYTE, live);
    }

    private Beside round(WatcherGroup watcherGroup, int firstWatcher, Duration duration) throws Exception {
        long lost = watcherGroup.lost();
        long cpu = cpuNanos();
        try (var beside = Executors.newSingleThreadExecutor()) {
            var heartbeats = beside.submit(() -> heartbeats(duration));
            var changes = changeGenerator.send(firstWatcher, duration);
            var arrivals = watcherGroup.arrivals().take(size.changes() * size.each(), TIMEOUT, QUIET);
            var watchResult = WatchResult.of(changes, arrivals, watcherGroup.lost() - lost, duration.toNanos() / 1e9);
            return new Beside(watchResult, new Measured(heartbeats.get(), cpuNanos() - cpu));
        }
    }

    private LoadRound heartbeats(Duration duration) throws IOException {
        int batch = benchContext.size().batch();
        return new BuiltInGenerator()
                .open(
                        registry.server().port(),
                        registry.population().batches(batch),
                        benchContext.options().connections(CONNECTIONS),
                        (double) size.heartbeats() / batch,
                        duration);
    }

    private long cpuNanos() {
        return ProcessStats.cpuNanos(Stream.of(registry.server().process()));
    }

    /** Memory in MiB. */
    record Footprint(double resident, double live) {}

    /** @param heartbeats load of heartbeats in the same round; its CPU includes all other work */
    record Beside(WatchResult told, Measured heartbeats) {

        double p99Millis() {
            return told.round().p99Millis();
        }

        double longestMillis() {
            return told.longestMillis();
        }
    }
}
