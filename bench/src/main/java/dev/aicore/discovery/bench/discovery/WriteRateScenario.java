package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Measures registrations or updates in a closed loop: first Eureka, which holds instances in memory, then the registry,
 * whose writes are durable when it answers.
 */
final class WriteRateScenario {

    private static final int FEW = 64;
    private static final int MANY = 256;
    private static final double MAX_MILLIS = 10;
    private static final double MIN_UPDATES = 8_000;

    /** Creates the load of a number of connections. */
    @FunctionalInterface
    private interface Load {
        LoadRun of(InstanceRequestFactory instanceRequestFactory, int connections);
    }

    private final BenchContext benchContext;
    private final Duration round;
    private final Load load;

    /** Creates the threshold, which applies to the lower number of connections. */
    private final Function<RoundSummary, Threshold> wanted;

    private final ScenarioTable scenarioTable;
    private final Map<Integer, Double> eureka = new HashMap<>();

    private WriteRateScenario(
            BenchContext benchContext, int seconds, String name, Load load, Function<RoundSummary, Threshold> wanted) {
        this.benchContext = benchContext;
        this.round = benchContext.options().round(seconds);
        this.load = load;
        this.wanted = wanted;
        this.scenarioTable = new ScenarioTable(name, name + "/s", MachineInfo.loadAverage());
    }

    static List<DiscoverReportRow> registrations(BenchContext benchContext, int seconds) throws Exception {
        int first = benchContext.size().usual().instances();
        int pool = benchContext.size().declared().pool();
        return new WriteRateScenario(
                        benchContext,
                        seconds,
                        "registrations",
                        (instanceRequestFactory, connections) ->
                                new RegistrationLoad(instanceRequestFactory, first, pool, connections),
                        figure ->
                                new Threshold("p50 ≤ %.0f ms".formatted(MAX_MILLIS), figure.p50Millis() <= MAX_MILLIS))
                .run();
    }

    static List<DiscoverReportRow> updates(BenchContext benchContext, int seconds) throws Exception {
        int instances = benchContext.size().usual().instances();
        return new WriteRateScenario(
                        benchContext,
                        seconds,
                        "updates",
                        (instanceRequestFactory, connections) -> new UpdateLoad(
                                instanceRequestFactory, instances, connections, benchContext.generator()),
                        figure -> new Threshold("≥ %,.0f/s".formatted(MIN_UPDATES), figure.median() >= MIN_UPDATES))
                .run();
    }

    private List<DiscoverReportRow> run() throws Exception {
        if (benchContext.eureka().isPresent()) {
            try (var process = EurekaProcess.start(
                    benchContext.eureka().get(), benchContext.size().eureka())) {
                for (int connections : connections()) {
                    var benchmarkedServer = process.contestant(
                            words("Eureka", connections), process.population().registrations());
                    var figure = measure(process.population(), benchmarkedServer, connections);
                    eureka.put(connections, figure.median());
                    scenarioTable.add(benchmarkedServer, figure, figure.median(), List.of());
                }
            }
        }
        try (var registry =
                RegistryServer.start(benchContext, benchContext.size().usual())) {
            for (int connections : connections()) {
                var contestant = registry.contestant(
                        words("ours, durable", connections),
                        registry.population().registrations());
                var figure = measure(registry.population(), contestant, connections);
                scenarioTable.add(
                        contestant, figure, eureka.getOrDefault(connections, 0.0), goals(figure, connections));
            }
        }
        return scenarioTable.rows();
    }

    private RoundSummary measure(
            InstanceRequestFactory instanceRequestFactory, BenchmarkedServer benchmarkedServer, int connections)
            throws Exception {
        return load.of(instanceRequestFactory, connections)
                .measure(benchContext, List.of(benchmarkedServer), round)
                .getFirst();
    }

    private List<Integer> connections() {
        int wished = benchContext.options().connections(0);
        return wished == 0 ? List.of(FEW, MANY) : List.of(wished);
    }

    private List<Threshold> goals(RoundSummary figure, int connections) {
        var goals = new ArrayList<>(List.of(new Threshold("no errors", figure.errors() == 0)));
        if (connections == FEW) {
            goals.add(wanted.apply(figure));
            if (eureka.containsKey(connections)) {
                goals.add(new Threshold("≥ Eureka", figure.median() >= eureka.get(connections)));
            }
        }
        return goals;
    }

    private static String words(String server, int connections) {
        return "%s, %,d connections".formatted(server, connections);
    }
}
