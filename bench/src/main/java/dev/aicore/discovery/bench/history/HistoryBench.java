package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.CommandLineArguments;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.ReadModelClient;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code ./registry bench history [THOUSANDS_OF_FACTS [MILLIONS_OF_OBSERVATIONS]]}. */
public final class HistoryBench {

    private static final int THOUSANDS = 1_000;
    private static final int MILLIONS = 20;
    private static final int FACTS_OF_EACH = 40;
    private static final int DOUBLINGS = 2;

    private static final double MAX_RATIO = 2;
    private static final double MAX_PAGE_MILLIS = 20;
    private static final double MIN_FACTS = 15_000;
    private static final double MIN_OBSERVATIONS = 200_000;
    private static final double MAX_VERIFY_SECONDS = 180;
    private static final double GROWTH = 0.3;

    private HistoryBench() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        long facts = 1_000L * (arguments.length > 0 ? CommandLineArguments.number(arguments, 0) : THOUSANDS);
        long observations = 1_000_000L * (arguments.length > 1 ? CommandLineArguments.number(arguments, 1) : MILLIONS);
        System.err.printf(
                "A history of %,d facts and %,d observations: takes about %.1f GB of disk and %d minutes.%n",
                facts, observations, facts * 3e-6 + observations * 2e-8, 3 + facts / 70_000);
        var load = MachineInfo.loadAverage();
        try (var directory = TempDirectory.make()) {
            var historySeeder = new HistorySeeder(directory.directory(), instances(facts));
            var stages = new ArrayList<HistoryMeasurement>();
            for (int doubling = DOUBLINGS; doubling > 0; doubling--) {
                historySeeder.grow(facts >> doubling, 0);
                try (var server = launch(directory)) {
                    stages.add(measure(server, historySeeder, facts >> doubling));
                }
            }
            historySeeder.grow(facts, observations);
            try (var server = launch(directory)) {
                stages.add(measure(server, historySeeder, facts));
                report(server, stages, observations);
            }
        }
        System.out.println(MachineInfo.words() + "; load " + load + " to " + MachineInfo.loadAverage());
    }

    private static int instances(long facts) {
        return (int) Math.max(1, facts / FACTS_OF_EACH / HistorySeeder.IN_SERVICE) * HistorySeeder.IN_SERVICE;
    }

    private static RegistryProcess launch(TempDirectory directory) throws IOException, InterruptedException {
        var server = RegistryProcess.launch(
                directory.directory(), directory.directory().resolve("registry.aot"), List.of());
        server.secondsToReady();
        return server;
    }

    private static HistoryMeasurement measure(RegistryProcess server, HistorySeeder historySeeder, long facts)
            throws IOException, InterruptedException {
        try (var benchHttpClient = new BenchHttpClient(server.port())) {
            var readModelClient = new ReadModelClient(benchHttpClient);
            double catchUp = readModelClient.secondsToCatchUp();
            long head = readModelClient.head();
            var sequentialRequestTimer = new SequentialRequestTimer(benchHttpClient);
            var now = sequentialRequestTimer.millis(i -> service(i, historySeeder));
            var then = sequentialRequestTimer.millis(i -> service(i, historySeeder) + "&at=" + head / 2);
            var page = sequentialRequestTimer.millis(i -> "/api/v1/audit?cursor=" + Math.floorMod(i * 7_919L, head));
            var ofService = sequentialRequestTimer.millis(i -> "/api/v1/audit?service_name=service-"
                    + i % historySeeder.services() + "&cursor=" + Math.floorMod(i * 7_919L, head));
            try (var discoverClient = new DiscoverClient(server.port(), historySeeder.services())) {
                double rebuild = readModelClient.seconds("rebuild");
                var historyMeasurement = new HistoryMeasurement(facts, catchUp, now, then, page, ofService, rebuild);
                System.err.printf(
                        "%s reads meanwhile: %,d, failed: %d%n",
                        historyMeasurement, discoverClient.reads(), discoverClient.bad());
                return historyMeasurement;
            }
        }
    }

    private static String service(int number, HistorySeeder historySeeder) {
        return "/api/v1/services?service_name=service-" + number % historySeeder.services();
    }

    private static void report(RegistryProcess server, List<HistoryMeasurement> stages, long observations)
            throws IOException, InterruptedException {
        var last = stages.getLast();
        try (var benchHttpClient = new BenchHttpClient(server.port())) {
            var readModelClient = new ReadModelClient(benchHttpClient);
            double verify = readModelClient.seconds("verify");
            double instances = readModelClient.seconds("instances", "verify");
            double audit = readModelClient.seconds("audit", "verify");
            var lineResponse = LineResponse.read(server, "/api/v1/audit");
            var bundle = LineResponse.read(server, "/api/v1/admin/export?from=1");
            System.out.println(HistoryMeasurement.HEADER);
            stages.forEach(System.out::println);
            System.out.printf(
                    """

                    verify of all: %.1f s; of instances alone %,.0f facts/s, of the audit alone %,.0f facts/s
                    running projections, after a start: %,d observations and half the facts in %.1f s
                    the audit as lines: %s
                    the lines of a bundle of everything: %s
                    """,
                    verify,
                    last.facts() / instances,
                    last.facts() / audit,
                    observations,
                    last.catchUp(),
                    lineResponse,
                    bundle);
            System.out.println(Threshold.words(List.of(
                    new Threshold("at= <= 2 x now", last.ratio() <= MAX_RATIO),
                    new Threshold(
                            "audit page <= 20 ms at any depth",
                            SequentialRequestTimer.p99(last.page()) <= MAX_PAGE_MILLIS),
                    new Threshold("rebuild >= 15,000 facts/s", last.factsPerSecond() >= MIN_FACTS),
                    new Threshold(">= 200,000 observations/s", observations / last.catchUp() >= MIN_OBSERVATIONS),
                    new Threshold("verify <= 3 min", verify <= MAX_VERIFY_SECONDS),
                    new Threshold("twice the facts, 2 +- 0.3 times the rebuild", isLinear(stages)))));
        }
    }

    private static boolean isLinear(List<HistoryMeasurement> stages) {
        for (int i = 1; i < stages.size(); i++) {
            double ratio = stages.get(i).rebuild() / stages.get(i - 1).rebuild();
            System.out.printf(
                    "rebuild of %,d facts takes %.2f times that of half of them%n",
                    stages.get(i).facts(), ratio);
            if (Math.abs(ratio - 2) > GROWTH) {
                return false;
            }
        }
        return true;
    }
}
