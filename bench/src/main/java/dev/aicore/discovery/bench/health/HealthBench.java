package dev.aicore.discovery.bench.health;

import dev.aicore.discovery.bench.rig.Arguments;
import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Http;
import dev.aicore.discovery.bench.rig.Misuse;
import dev.aicore.discovery.bench.rig.Processes;
import dev.aicore.discovery.bench.rig.ServerProcess;
import dev.aicore.discovery.bench.rig.Workplace;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./registry bench health [rate [SECONDS [CHECKS_PER_SECOND]] | failover]}. */
public final class HealthBench {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PORTS_OF_EACH = 250;

    /** So many checks a second are wanted, half of them over HTTP. */
    private static final int PER_SECOND = 10_000;

    /** An interval is shortened by 5 % on average. */
    private static final double INSTANCES_FOR_ONE = 0.96;

    private static final int SILENT = 1_300;
    private static final int SILENT_TIMEOUT_SECONDS = 5;
    private static final int MOST_AT_ONCE = 4_000;
    private static final int WARM_SECONDS = 120;
    private static final int SECONDS = 60;

    private HealthBench() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        var scenario = arguments.length == 0 ? "all" : arguments[0];
        if (!List.of("all", "rate", "failover").contains(scenario)) {
            throw new Misuse("'" + scenario + "' is no scenario; there are rate and failover.");
        }
        if (!scenario.equals("failover")) {
            rate(
                    arguments.length > 1 ? Arguments.number(arguments, 1) : SECONDS,
                    arguments.length > 2 ? Arguments.number(arguments, 2) : PER_SECOND);
        }
        if (!scenario.equals("rate")) {
            Failover.run();
        }
    }

    private static void rate(int seconds, int perSecond) throws IOException, InterruptedException {
        try (var place = Workplace.make();
                var targets = TargetProcess.launch(PORTS_OF_EACH, PORTS_OF_EACH, 1);
                var server = launch(place)) {
            var checked = new Checked();
            int ofEach = (int) (perSecond * INSTANCES_FOR_ONE / 2);
            checked.add("http", ofEach, targets.http());
            checked.add("tcp", ofEach, targets.tcp());
            checked.addSilent(SILENT, targets.silent().getFirst(), SILENT_TIMEOUT_SECONDS);
            checked.register(server.port());
            try (var http = new Http(server.port())) {
                TimeUnit.SECONDS.sleep(WARM_SECONDS);
                measure(http, server, targets, seconds);
            }
        }
    }

    static ServerProcess launch(Workplace place) throws IOException, InterruptedException {
        var server = ServerProcess.launch(
                place.directory(),
                place.directory().resolve("registry.aot"),
                List.of("--service-discovery.registry.health-checks.most-at-once=" + MOST_AT_ONCE));
        server.secondsToReady();
        return server;
    }

    private static void measure(Http http, ServerProcess server, TargetProcess targets, int seconds)
            throws IOException, InterruptedException {
        double serverBefore = cpuSeconds(Stream.of(server.process()));
        double storesBefore = cpuSeconds(server.process().descendants());
        double targetsBefore = cpuSeconds(Stream.of(targets.process().toHandle()));
        long begun = System.nanoTime();
        int fewest = Integer.MAX_VALUE;
        for (int second = 0; second < seconds; second++) {
            TimeUnit.SECONDS.sleep(1);
            fewest = Math.min(fewest, stats(http).at("/in_flight").asInt());
        }
        double took = (System.nanoTime() - begun) / 1e9;
        double serverCpu = (cpuSeconds(Stream.of(server.process())) - serverBefore) / took;
        double storesCpu = (cpuSeconds(server.process().descendants()) - storesBefore) / took;
        double targetsCpu = (cpuSeconds(Stream.of(targets.process().toHandle())) - targetsBefore) / took;
        var stats = stats(http);
        double perSecond = stats.at("/checks_per_second").asDouble();
        double lag = stats.at("/lag_ms/p99").asDouble();
        long lost = stats.at("/dropped/store").asLong();
        System.out.printf(
                """
                checks: %,.0f/s over the last %.0f s of %d s, to %d ports of another process
                lag: p50 %.1f ms, p99 %.1f ms, max %.1f ms; in flight: %,d at least; results not recorded: %,d
                CPUs: server %.2f, its stores %.2f, targets %.2f
                """,
                perSecond,
                stats.at("/window_seconds").asDouble(),
                seconds,
                2 * PORTS_OF_EACH + 1,
                stats.at("/lag_ms/p50").asDouble(),
                lag,
                stats.at("/lag_ms/max").asDouble(),
                fewest,
                lost,
                serverCpu,
                storesCpu,
                targetsCpu);
        stats.at("/by_type").forEach(type -> System.out.println("  " + type));
        System.out.println(Goal.words(List.of(
                new Goal("10,000 checks/s", perSecond >= 10_000),
                new Goal("all durable", lost == 0),
                new Goal("1,000 in flight", fewest >= 1_000),
                new Goal("p99 of lag <= 250 ms", lag <= 250))));
    }

    private static double cpuSeconds(Stream<ProcessHandle> processes) {
        return Processes.cpuNanos(processes) / 1e9;
    }

    private static JsonNode stats(Http http) throws IOException, InterruptedException {
        return JSON.readTree(http.get("/api/v1/health-monitor/stats").body()).at("/data");
    }
}
