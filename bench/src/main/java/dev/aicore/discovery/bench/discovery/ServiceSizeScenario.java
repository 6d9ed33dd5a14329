package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.RoundSummary.Measured;
import dev.aicore.discovery.bench.load.BlockingHttpClient;
import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.LatencySamples;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the latency of a single caller at services of increasing size, all on one server. Each is compared with the
 * smallest.
 */
final class ServiceSizeScenario {

    private static final String NAME = "growth";
    private static final double MAX_RATIO = 1.5;
    private static final long FAILED = -1;
    private static final Threshold[] NONE = {};

    /** First weight, above those of the registrations, so that each request is a change. */
    private static final int FIRST_WEIGHT = 101;

    private static final int WEIGHTS = 60_000;

    private final BenchContext benchContext;
    private final Duration round;
    private final int port;
    private final ScenarioTable scenarioTable = new ScenarioTable(NAME, "ms, p50", MachineInfo.loadAverage());
    private final Map<String, Double> smallest = new HashMap<>();
    private int changes;

    private ServiceSizeScenario(BenchContext benchContext, int seconds, int port) {
        this.benchContext = benchContext;
        this.round = benchContext.options().round(seconds);
        this.port = port;
    }

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        try (var registry =
                RegistryServer.start(benchContext, benchContext.size().quiet())) {
            var serviceSizeScenario = new ServiceSizeScenario(
                    benchContext, seconds, registry.server().port());
            serviceSizeScenario.warmUp(registry);
            for (int instances : benchContext.size().declared().growing()) {
                var service = new LoneService("grown-" + instances);
                registry.add(service, instances);
                serviceSizeScenario.measure(service, instances);
            }
            return serviceSizeScenario.scenarioTable.rows();
        }
    }

    private void warmUp(RegistryServer registry) throws Exception {
        var all = registry.population();
        int instances = all.shape().instances();
        var benchmarkedServer = registry.contestant(
                "",
                all.discoveries(DiscoverPopulation.DISCOVER, benchContext.size().limit()));
        for (var loadRun : List.of(
                new RegistrationLoad(
                        all, instances, benchContext.size().declared().pool(), ReadScenario.CONNECTIONS),
                new UpdateLoad(all, instances, ReadScenario.CONNECTIONS, new BuiltInGenerator()),
                LoadRun.closed(benchContext, ReadScenario.CONNECTIONS))) {
            loadRun.warmUp(benchContext, benchmarkedServer);
        }
    }

    private void measure(LoneService service, int instances) throws IOException {
        add(
                "registration",
                instances,
                true,
                (blockingHttpClient, number) -> register(blockingHttpClient, service, number % instances));
        add(
                "update (PATCH)",
                instances,
                true,
                (caller, number) -> send(caller, service.update(number % instances, weight())));
        add("discover, limit=1", instances, true, (caller, _) -> send(caller, service.discover("&limit=1")));
        add("discover of all", instances, false, (caller, _) -> send(caller, service.discover("")));
    }

    /** @param isFlat true if the latency should be independent of the size */
    private void add(String what, int instances, boolean isFlat, Operation operation) throws IOException {
        var rounds = new ArrayList<Measured>();
        for (int i = 0; i < benchContext.options().rounds(); i++) {
            rounds.add(new Measured(round(operation), 0));
        }
        var times = RoundSummary.of(rounds);
        double base = smallest.computeIfAbsent(what, _ -> times.p50Millis());
        scenarioTable.addTimes(
                "%s, service of %,d".formatted(what, instances), true, times, base, isFlat ? flat(times, base) : NONE);
    }

    private static Threshold[] flat(RoundSummary times, double base) {
        return new Threshold[] {
            new Threshold("no errors", times.errors() == 0),
            new Threshold("≤ %.1f × the smallest".formatted(MAX_RATIO), times.p50Millis() <= MAX_RATIO * base)
        };
    }

    private LoadRound round(Operation operation) throws IOException {
        var latencySamples = new LatencySamples();
        long end = System.nanoTime() + round.toNanos();
        // A new connection each time: the server closes it while a large service is registered and it is idle.
        try (var blockingHttpClient = new BlockingHttpClient(port)) {
            for (int number = 0; System.nanoTime() < end; number++) {
                long nanos = operation.nanos(blockingHttpClient, number);
                latencySamples.add(nanos >= 0, nanos);
            }
        }
        return latencySamples.round();
    }

    /** Deregisters the instance first, so that the service keeps its size; only the registration is timed. */
    private static long register(BlockingHttpClient blockingHttpClient, LoneService service, int number)
            throws IOException {
        return blockingHttpClient.send(service.deregister(number)).isGood()
                ? send(blockingHttpClient, service.register(number))
                : FAILED;
    }

    private static long send(BlockingHttpClient blockingHttpClient, byte[] request) throws IOException {
        long begin = System.nanoTime();
        return blockingHttpClient.send(request).isGood() ? System.nanoTime() - begin : FAILED;
    }

    private int weight() {
        return FIRST_WEIGHT + changes++ % WEIGHTS;
    }

    /** Operation that is timed. */
    @FunctionalInterface
    private interface Operation {
        /** Runs once and returns the duration in nanoseconds; {@link #FAILED} if it failed. */
        long nanos(BlockingHttpClient blockingHttpClient, int number) throws IOException;
    }
}
