package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.bench.rig.Arguments;
import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Http;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.ServerProcess;
import dev.aicore.discovery.bench.rig.Workplace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code ./registry bench history [THOUSANDS_OF_FACTS [MILLIONS_OF_OBSERVATIONS]]}. */
public final class HistoryBench {

    private static final int THOUSANDS = 1_000;
    private static final int MILLIONS = 20;
    private static final int FACTS_OF_EACH = 40;
    private static final int DOUBLINGS = 2;

    private static final double MOST_RATIO = 2;
    private static final double MOST_PAGE_MILLIS = 20;
    private static final double LEAST_FACTS = 15_000;
    private static final double LEAST_OBSERVATIONS = 200_000;
    private static final double MOST_VERIFY_SECONDS = 180;
    private static final double GROWTH = 0.3;

    private HistoryBench() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        long facts = 1_000L * (arguments.length > 0 ? Arguments.number(arguments, 0) : THOUSANDS);
        long observations = 1_000_000L * (arguments.length > 1 ? Arguments.number(arguments, 1) : MILLIONS);
        System.err.printf(
                "A past of %,d facts and %,d observations: it takes about %.1f GB of disk and %d minutes.%n",
                facts, observations, facts * 3e-6 + observations * 2e-8, 3 + facts / 70_000);
        var load = Machine.loadAverage();
        try (var place = Workplace.make()) {
            var past = new Past(place.directory(), instances(facts));
            var stages = new ArrayList<Stage>();
            for (int doubling = DOUBLINGS; doubling > 0; doubling--) {
                past.grow(facts >> doubling, 0);
                try (var server = launch(place)) {
                    stages.add(measure(server, past, facts >> doubling));
                }
            }
            past.grow(facts, observations);
            try (var server = launch(place)) {
                stages.add(measure(server, past, facts));
                report(server, stages, observations);
            }
        }
        System.out.println(Machine.words() + "; load " + load + " to " + Machine.loadAverage());
    }

    private static int instances(long facts) {
        return (int) Math.max(1, facts / FACTS_OF_EACH / Past.IN_SERVICE) * Past.IN_SERVICE;
    }

    private static ServerProcess launch(Workplace place) throws IOException, InterruptedException {
        var server = ServerProcess.launch(place.directory(), place.directory().resolve("registry.aot"), List.of());
        server.secondsToReady();
        return server;
    }

    private static Stage measure(ServerProcess server, Past past, long facts) throws IOException, InterruptedException {
        try (var http = new Http(server.port())) {
            var models = new Models(http);
            double catchUp = models.secondsToCatchUp();
            long head = models.head();
            var asking = new Asking(http);
            var now = asking.millis(i -> service(i, past));
            var then = asking.millis(i -> service(i, past) + "&at=" + head / 2);
            var page = asking.millis(i -> "/api/v1/audit?cursor=" + Math.floorMod(i * 7_919L, head));
            var ofService = asking.millis(i -> "/api/v1/audit?service_name=service-" + i % past.services() + "&cursor="
                    + Math.floorMod(i * 7_919L, head));
            try (var reader = new Reader(server.port(), past.services())) {
                double rebuild = models.seconds("rebuild");
                var stage = new Stage(facts, catchUp, now, then, page, ofService, rebuild);
                System.err.printf("%s reads meanwhile: %,d, bad ones: %d%n", stage, reader.reads(), reader.bad());
                return stage;
            }
        }
    }

    private static String service(int number, Past past) {
        return "/api/v1/services?service_name=service-" + number % past.services();
    }

    private static void report(ServerProcess server, List<Stage> stages, long observations)
            throws IOException, InterruptedException {
        var last = stages.getLast();
        try (var http = new Http(server.port())) {
            var models = new Models(http);
            double verify = models.seconds("verify");
            double instances = models.seconds("instances", "verify");
            double audit = models.seconds("audit", "verify");
            var lines = Lines.read(server, "/api/v1/audit");
            var bundle = Lines.read(server, "/api/v1/admin/export?from=1");
            System.out.println(Stage.HEADER);
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
                    lines,
                    bundle);
            System.out.println(Goal.words(List.of(
                    new Goal("at= <= 2 x now", last.ratio() <= MOST_RATIO),
                    new Goal("audit page <= 20 ms at any depth", Asking.p99(last.page()) <= MOST_PAGE_MILLIS),
                    new Goal("rebuild >= 15,000 facts/s", last.factsPerSecond() >= LEAST_FACTS),
                    new Goal(">= 200,000 observations/s", observations / last.catchUp() >= LEAST_OBSERVATIONS),
                    new Goal("verify <= 3 min", verify <= MOST_VERIFY_SECONDS),
                    new Goal("twice the facts, 2 +- 0.3 times the rebuild", isLinear(stages)))));
        }
    }

    private static boolean isLinear(List<Stage> stages) {
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
