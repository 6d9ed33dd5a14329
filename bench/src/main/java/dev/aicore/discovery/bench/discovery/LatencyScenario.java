package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.RoundSummary.Measured;
import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * Measures the latency of a single caller on an idle server, and the time until its changes are visible. Measures etcd
 * first, for comparison.
 */
final class LatencyScenario {

    private static final String NAME = "latency";
    private static final double MAX_WRITE_MILLIS = 2;
    private static final double MAX_HEARTBEAT_MILLIS = 1.5;
    private static final double MAX_NOTIFIED_MILLIS = 4;
    private static final double MAX_NOTIFIED_P99_MILLIS = 15;
    private static final double MAX_DISCOVERED_MILLIS = 8;

    private static final Pattern POSITION = Pattern.compile("\"meta\":\\{\"position\":(\\d+)");
    private static final Pattern REVISION = Pattern.compile("\"revision\":\"(\\d+)\"");

    /** First weight, above those of the warm-up, so that each request is a change. */
    private static final int FIRST_WEIGHT = 10_000;

    private final BenchContext benchContext;
    private final Duration round;
    private final ScenarioTable scenarioTable = new ScenarioTable(NAME, "ms, p50", MachineInfo.loadAverage());

    private LatencyScenario(BenchContext benchContext, Duration round) {
        this.benchContext = benchContext;
        this.round = round;
    }

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        var latencyScenario =
                new LatencyScenario(benchContext, benchContext.options().round(seconds));
        if (benchContext.etcd().isPresent()) {
            latencyScenario.etcd();
        }
        latencyScenario.measureRegistry();
        return latencyScenario.scenarioTable.rows();
    }

    private void etcd() throws Exception {
        int instances = benchContext.size().usual().inService();
        try (var etcd = EtcdProcess.start(instances)) {
            var puts = new UpdateLoad(etcd.population(), instances, 1, new BuiltInGenerator());
            scenarioTable.addTimes("etcd: put, one connection", false, one(puts, etcd.contestant("", instances)));
            try (var watch = new EtcdWatcher(etcd)) {
                var changes = new SequentialChangeGenerator(
                        etcd.port(), n -> etcd.population().update(0, FIRST_WEIGHT + n), REVISION);
                scenarioTable.addTimes(
                        "etcd: put → event at a watcher",
                        false,
                        rounds(() -> changes.untilNotified(watch.arrivals(), round)));
            }
        }
    }

    private void measureRegistry() throws Exception {
        try (var registry =
                RegistryServer.start(benchContext, benchContext.size().usual())) {
            warmUp(registry);
            measureWrites(registry);
            measureNotifications(registry);
            for (int instances : benchContext.size().declared().discovered()) {
                discovered(registry, instances);
            }
        }
    }

    /** Warms up with many connections: a single caller would need minutes until its code is compiled. */
    private void warmUp(RegistryServer registry) throws Exception {
        var benchmarkedServer = registry.contestant("", registry.population().heartbeats());
        for (var loadRun : List.of(
                registering(registry, ReadScenario.CONNECTIONS),
                updating(registry, ReadScenario.CONNECTIONS),
                LoadRun.closed(benchContext, ReadScenario.CONNECTIONS))) {
            loadRun.warmUp(benchContext, benchmarkedServer);
        }
    }

    private void measureWrites(RegistryServer registry) throws Exception {
        var benchmarkedServer = registry.contestant("", registry.population().heartbeats());
        LoadRun heartbeats = (it, duration) -> new BuiltInGenerator().run(it.port(), it.requests(), 1, duration);
        add("registration, one connection", one(registering(registry, 1), benchmarkedServer), MAX_WRITE_MILLIS);
        add("update (PATCH), one connection", one(updating(registry, 1), benchmarkedServer), MAX_WRITE_MILLIS);
        add("heartbeat, one connection", one(heartbeats, benchmarkedServer), MAX_HEARTBEAT_MILLIS);
    }

    private void measureNotifications(RegistryServer registry) throws Exception {
        var changes = new SequentialChangeGenerator(
                registry.server().port(), n -> registry.population().update(0, FIRST_WEIGHT + n), POSITION);
        try (var watcherGroup = new WatcherGroup(registry)) {
            watcherGroup.watch(List.of(0));
            var summary = rounds(() -> changes.untilNotified(watcherGroup.arrivals(), round));
            add(
                    "update → event at a watcher",
                    summary,
                    MAX_NOTIFIED_MILLIS,
                    new Threshold(
                            "p99 ≤ %.0f ms".formatted(MAX_NOTIFIED_P99_MILLIS),
                            summary.bestP99Millis() <= MAX_NOTIFIED_P99_MILLIS));
        }
    }

    private void discovered(RegistryServer registry, int instances) throws Exception {
        var service = new LoneService("alone-" + instances);
        registry.add(service, instances);
        var changes = new SequentialChangeGenerator(
                registry.server().port(), n -> service.update(0, FIRST_WEIGHT + n), POSITION);
        add(
                "update → discoverable (min_position), service of %,d".formatted(instances),
                rounds(() -> changes.untilDiscovered(
                        position -> service.discover("&limit=1&wait=10s&min_position=" + position), round)),
                MAX_DISCOVERED_MILLIS);
    }

    private LoadRun registering(RegistryServer registry, int connections) {
        var discoverBenchSize = benchContext.size();
        return new RegistrationLoad(
                registry.population(),
                discoverBenchSize.usual().instances(),
                discoverBenchSize.declared().pool(),
                connections);
    }

    private LoadRun updating(RegistryServer registry, int connections) {
        return new UpdateLoad(
                registry.population(), benchContext.size().usual().instances(), connections, new BuiltInGenerator());
    }

    private RoundSummary one(LoadRun loadRun, BenchmarkedServer benchmarkedServer) throws Exception {
        return loadRun.rounds(benchContext, List.of(benchmarkedServer), round).getFirst();
    }

    private RoundSummary rounds(Callable<LoadRound> measured) throws Exception {
        var rounds = new ArrayList<Measured>();
        for (int i = 0; i < benchContext.options().rounds(); i++) {
            rounds.add(new Measured(measured.call(), 0));
        }
        return RoundSummary.of(rounds);
    }

    private void add(String what, RoundSummary times, double maxMillis, Threshold... more) {
        var goals = new ArrayList<>(List.of(
                new Threshold("p50 ≤ %.1f ms".formatted(maxMillis), times.p50Millis() <= maxMillis),
                new Threshold("no errors", times.errors() == 0)));
        goals.addAll(List.of(more));
        scenarioTable.addTimes(what, true, times, goals.toArray(Threshold[]::new));
    }
}
