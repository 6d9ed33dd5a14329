package dev.aicore.discovery.bench.health;

import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.CommandLineArguments;
import dev.aicore.discovery.bench.rig.CommandLineArguments.BenchUsageException;
import dev.aicore.discovery.bench.rig.ProcessStats;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code ./registry bench health [rate [SECONDS [CHECKS_PER_SECOND]] | failover]}. */
public final class HealthBench {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PORTS_OF_EACH = 250;

    /** Required checks per second, half of them over HTTP. */
    private static final int PER_SECOND = 10_000;

    /** Number of instances for one check per second: intervals are shortened by 5 % on average. */
    private static final double INSTANCES_FOR_ONE = 0.96;

    private static final int SILENT = 1_300;
    private static final int SILENT_TIMEOUT_SECONDS = 5;
    private static final int MAX_CONCURRENT = 4_000;
    private static final int WARM_SECONDS = 120;
    private static final int SECONDS = 60;

    private HealthBench() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        var scenario = arguments.length == 0 ? "all" : arguments[0];
        if (!List.of("all", "rate", "failover").contains(scenario)) {
            throw new BenchUsageException("'" + scenario + "' is not a scenario, expected rate or failover.");
        }
        if (!scenario.equals("failover")) {
            rate(
                    arguments.length > 1 ? CommandLineArguments.number(arguments, 1) : SECONDS,
                    arguments.length > 2 ? CommandLineArguments.number(arguments, 2) : PER_SECOND);
        }
        if (!scenario.equals("rate")) {
            FailoverScenario.run();
        }
    }

    private static void rate(int seconds, int perSecond) throws IOException, InterruptedException {
        try (var directory = TempDirectory.make();
                var targets = TargetProcess.launch(PORTS_OF_EACH, PORTS_OF_EACH, 1);
                var server = launch(directory)) {
            var healthCheckLoad = new HealthCheckLoad();
            int ofEach = (int) (perSecond * INSTANCES_FOR_ONE / 2);
            healthCheckLoad.add("http", ofEach, targets.http());
            healthCheckLoad.add("tcp", ofEach, targets.tcp());
            healthCheckLoad.addSilent(SILENT, targets.silent().getFirst(), SILENT_TIMEOUT_SECONDS);
            healthCheckLoad.register(server.port());
            try (var benchHttpClient = new BenchHttpClient(server.port())) {
                TimeUnit.SECONDS.sleep(WARM_SECONDS);
                measure(benchHttpClient, server, targets, seconds);
            }
        }
    }

    static RegistryProcess launch(TempDirectory directory) throws IOException, InterruptedException {
        var server = RegistryProcess.launch(
                directory.directory(),
                directory.directory().resolve("registry.aot"),
                List.of("--service-discovery.registry.health-checks.max-concurrent-checks=" + MAX_CONCURRENT));
        server.secondsToReady();
        return server;
    }

    private static void measure(
            BenchHttpClient benchHttpClient, RegistryProcess server, TargetProcess targets, int seconds)
            throws IOException, InterruptedException {
        double serverBefore = cpuSeconds(Stream.of(server.process()));
        double storesBefore = cpuSeconds(server.process().descendants());
        double targetsBefore = cpuSeconds(Stream.of(targets.process().toHandle()));
        long begun = System.nanoTime();
        int fewest = Integer.MAX_VALUE;
        for (int second = 0; second < seconds; second++) {
            TimeUnit.SECONDS.sleep(1);
            fewest = Math.min(fewest, stats(benchHttpClient).at("/in_flight").asInt());
        }
        double took = (System.nanoTime() - begun) / 1e9;
        double serverCpu = (cpuSeconds(Stream.of(server.process())) - serverBefore) / took;
        double storesCpu = (cpuSeconds(server.process().descendants()) - storesBefore) / took;
        double targetsCpu = (cpuSeconds(Stream.of(targets.process().toHandle())) - targetsBefore) / took;
        var stats = stats(benchHttpClient);
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
        System.out.println(Threshold.words(List.of(
                new Threshold("10,000 checks/s", perSecond >= 10_000),
                new Threshold("all durable", lost == 0),
                new Threshold("1,000 in flight", fewest >= 1_000),
                new Threshold("p99 of lag <= 250 ms", lag <= 250))));
    }

    private static double cpuSeconds(Stream<ProcessHandle> processes) {
        return ProcessStats.cpuNanos(processes) / 1e9;
    }

    private static JsonNode stats(BenchHttpClient benchHttpClient) throws IOException, InterruptedException {
        return JSON.readTree(benchHttpClient.get("/api/v1/health-monitor/stats").body())
                .at("/data");
    }
}
