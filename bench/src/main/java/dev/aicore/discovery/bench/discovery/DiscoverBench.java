package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.LoadGenerator;
import dev.aicore.discovery.bench.rig.EurekaBuild;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the registry over HTTP, each server in its own process on this machine. Compares it with a bare Reactor
 * Netty server that sends answers of equal length, and with Eureka. Prints a table. Each figure is the median of the
 * rounds, except p99 and p999, which are those of the best round, because the others include disturbances by the
 * machine.
 */
public final class DiscoverBench {

    private DiscoverBench() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments names of scenarios (default: all), {@code --seconds N} per round, {@code --rounds N} (3),
     *     {@code --connections N}, {@code --no-peers}, {@code --json FILE} and {@code --picture FILE} for the output
     */
    public static void main(String... arguments) throws Exception {
        run(DiscoveryBenchScenario.ALL, arguments);
    }

    /** Runs some or all of the given scenarios. */
    static void run(List<DiscoveryBenchScenario> known, String... arguments) throws Exception {
        var discoverBenchOptions = DiscoverBenchOptions.parse(known, arguments);
        System.err.println(discoverBenchOptions.needs());
        boolean isEurekaWanted = discoverBenchOptions.peers()
                && discoverBenchOptions.scenarios().stream().anyMatch(DiscoveryBenchScenario::isBesideEureka);
        Optional<EurekaBuild> eureka = isEurekaWanted ? EurekaBuild.make() : Optional.empty();
        var rows = new ArrayList<DiscoverReportRow>();
        try (var directory = TempDirectory.make()) {
            var benchContext = new BenchContext(
                    discoverBenchOptions,
                    DiscoverBenchSize.FULL,
                    LoadGenerator.ofThisMachine(),
                    directory.directory().resolve("registry.aot"),
                    eureka,
                    discoverBenchOptions.peers() ? EtcdProcess.version() : Optional.empty(),
                    Optional.empty());
            for (var discoverScenario : discoverBenchOptions.scenarios()) {
                System.err.println(discoverScenario.name() + ": " + discoverScenario.does());
                var its = discoverScenario.run(benchContext);
                // Printed at once, because scenarios take long and a later one may fail.
                its.forEach(System.err::println);
                rows.addAll(its);
            }
            write(discoverBenchOptions, new BenchReport(facts(benchContext), rows));
        }
    }

    private static void write(DiscoverBenchOptions discoverBenchOptions, BenchReport benchReport) throws IOException {
        System.out.print(benchReport.markdown());
        if (discoverBenchOptions.json().isPresent()) {
            Files.writeString(discoverBenchOptions.json().get(), benchReport.json());
        }
        if (discoverBenchOptions.picture().isPresent()) {
            Files.writeString(discoverBenchOptions.picture().get(), BarChart.of(benchReport.rows()));
        }
    }

    private static Map<String, String> facts(BenchContext benchContext) {
        var discoverBenchOptions = benchContext.options();
        var facts = new LinkedHashMap<String, String>();
        facts.put("Machine", MachineInfo.words());
        facts.put(
                "Rounds",
                "%d of %s, after a warm-up in pieces of %d s until three in a row gain less than 3 %%, %d at most"
                        .formatted(
                                discoverBenchOptions.rounds(),
                                discoverBenchOptions.length().isZero()
                                        ? "the default duration of the scenario"
                                        : discoverBenchOptions.length().toSeconds() + " s",
                                benchContext.size().warming().piece().toSeconds(),
                                benchContext.size().warming().maxPieces()));
        facts.put(
                "Connections",
                discoverBenchOptions.connections() == 0
                        ? "64 (open: 256; heartbeats, watch: see rows)"
                        : "%,d".formatted(discoverBenchOptions.connections()));
        facts.put("Load", benchContext.generator().words() + "; open loop: the bundled generator");
        facts.put("Registered", "%s; ttl of 1 day".formatted(benchContext.size().usual()));
        facts.put(
                "Eureka",
                benchContext
                        .eureka()
                        .map(eureka ->
                                eureka.version() + "; " + benchContext.size().eureka() + "; response cache enabled")
                        .orElse("skipped"));
        facts.put(
                "etcd",
                benchContext
                        .etcd()
                        .map(version -> version + " over its JSON gateway, one member, each write synced")
                        .orElse(
                                discoverBenchOptions.peers()
                                        ? "skipped: not installed (Debian: etcd-server)"
                                        : "skipped"));
        return facts;
    }
}
