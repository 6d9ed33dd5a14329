package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures reads of all instances of a service: over Eureka's protocol, by the registry and by Eureka, and over
 * Consul's protocol and natively, by the registry. All answers have the same instances.
 */
final class DialectReadScenario {

    private static final String NAME = "reads";
    private static final double MIN_OF_EUREKA = 2;
    private static final double MIN_OF_DISCOVER = 0.7;

    private DialectReadScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds, DialectRegistry dialects)
            throws Exception {
        if (benchContext.eureka().isEmpty()) {
            return run(benchContext, seconds, dialects, List.of());
        }
        try (var eureka = EurekaProcess.start(
                benchContext.eureka().get(), benchContext.size().eureka())) {
            var name = "Eureka, apps/X, %,d bytes".formatted(eureka.responseLength());
            return run(
                    benchContext,
                    seconds,
                    dialects,
                    List.of(eureka.contestant(name, eureka.population().discoveries())));
        }
    }

    private static List<DiscoverReportRow> run(
            BenchContext benchContext, int seconds, DialectRegistry dialects, List<BenchmarkedServer> eureka)
            throws Exception {
        var shape = benchContext.size().eureka();
        int limit = shape.inService();
        var load = MachineInfo.loadAverage();
        var registry = dialects.registry();
        int consulLength = length(dialects, health(0), "\"Checks\":", limit);
        int eurekaLength = length(dialects, dialects.eureka().discovery(0), "\"instanceId\":", limit);
        var contestants = new ArrayList<>(List.of(
                registry.contestant(
                        "discover, %,d bytes".formatted(registry.responseLength(DiscoverPopulation.DISCOVER, limit)),
                        registry.population().discoveries(DiscoverPopulation.DISCOVER, limit)),
                registry.contestant(
                        "Consul's health/service/X?passing, %,d bytes".formatted(consulLength),
                        RequestCycle.of(DiscoverPopulation.each(
                                        shape.services(), service -> RequestCycle.get(health(service))))
                                .shuffled()),
                registry.contestant(
                        "Eureka's apps/X, %,d bytes".formatted(eurekaLength),
                        dialects.eureka().discoveries())));
        contestants.addAll(eureka);
        var figures = LoadRun.closed(benchContext, benchContext.options().connections(ReadScenario.CONNECTIONS))
                .measure(benchContext, contestants, benchContext.options().round(seconds));
        return rows(contestants, figures, load + " to " + MachineInfo.loadAverage());
    }

    /** @param figures results in the order: discover, Consul's protocol, Eureka's protocol, and possibly Eureka */
    private static List<DiscoverReportRow> rows(
            List<BenchmarkedServer> contestants, List<RoundSummary> figures, String load) {
        var scenarioTable = new ScenarioTable(NAME, "answers/s", load);
        double discover = figures.getFirst().median();
        double eureka = figures.size() > 3 ? figures.get(3).median() : 0;
        scenarioTable.add(contestants.getFirst(), figures.getFirst(), discover, List.of());
        scenarioTable.add(
                contestants.get(1), figures.get(1), discover, goals(figures.get(1), discover, MIN_OF_DISCOVER));
        scenarioTable.add(contestants.get(2), figures.get(2), eureka, goals(figures.get(2), eureka, MIN_OF_EUREKA));
        if (eureka > 0) {
            scenarioTable.add(contestants.get(3), figures.get(3), eureka, List.of());
        }
        return scenarioTable.rows();
    }

    private static List<Threshold> goals(RoundSummary ours, double base, double min) {
        return base == 0
                ? List.of()
                : List.of(new Threshold("≥ %.1f of the other".formatted(min), ours.median() >= min * base));
    }

    private static String health(int service) {
        return "/v1/health/service/s-" + service + "?passing";
    }

    /** Returns the length of an answer in bytes; throws an exception if it hasn't so many instances. */
    private static int length(DialectRegistry dialects, String path, String mark, int instances) throws Exception {
        var answer = dialects.registry().http().get(path);
        long found = answer.body().split(mark, -1).length - 1L;
        if (answer.statusCode() != 200 || found != instances) {
            throw new IllegalStateException("Not " + instances + " instances: " + answer.body());
        }
        return answer.body().length();
    }
}
