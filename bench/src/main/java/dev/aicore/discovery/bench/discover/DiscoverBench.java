package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Generator;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the registry over HTTP, each server in a process of its own on this machine: beside a bare Reactor Netty server whose
 * answer is as long, and beside Eureka. Prints a table: each figure is the median of the rounds, except p99 and p999, which are those
 * of the best one, for the machine's own hiccups are in the others.
 */
public final class DiscoverBench {

    private DiscoverBench() {}

    /**
     * Measures.
     *
     * @param arguments scenarios by name (all), {@code --seconds N} of a round, {@code --rounds N} (3), {@code --connections N}, {@code --no-peers},
     *     {@code --json FILE} and {@code --picture FILE} to write to
     */
    public static void main(String... arguments) throws Exception {
        var options = Options.parse(arguments);
        System.err.println(options.needs());
        boolean isEurekaWanted = options.peers() && options.scenarios().stream().anyMatch(Scenario::isBesideEureka);
        Optional<EurekaBuild> eureka = isEurekaWanted ? EurekaBuild.make() : Optional.empty();
        var rows = new ArrayList<Row>();
        try (var place = Workplace.make()) {
            var stage = new Stage(
                    options,
                    Size.FULL,
                    Generator.ofThisMachine(),
                    place.directory().resolve("registry.aot"),
                    eureka,
                    options.peers() ? EtcdProcess.version() : Optional.empty());
            for (var scenario : options.scenarios()) {
                System.err.println(scenario.name() + ": " + scenario.does());
                var its = scenario.run(stage);
                // All of them take long, and a later one may fail.
                its.forEach(System.err::println);
                rows.addAll(its);
            }
            write(options, new Report(facts(stage), rows));
        }
    }

    private static void write(Options options, Report report) throws IOException {
        System.out.print(report.markdown());
        if (options.json().isPresent()) {
            Files.writeString(options.json().get(), report.json());
        }
        if (options.picture().isPresent()) {
            Files.writeString(options.picture().get(), Picture.of(report.rows()));
        }
    }

    private static Map<String, String> facts(Stage stage) {
        var options = stage.options();
        var facts = new LinkedHashMap<String, String>();
        facts.put("Machine", Machine.words());
        facts.put(
                "Rounds",
                "%d of %s, after a warm-up in pieces of %d s until three in a row gain less than 3 %%, %d at most"
                        .formatted(
                                options.rounds(),
                                options.seconds() == 0
                                        ? "as long as the scenario usually takes"
                                        : options.seconds() + " s",
                                stage.size().warming().seconds(),
                                stage.size().warming().maxPieces()));
        facts.put(
                "Connections",
                options.connections() == 0
                        ? "64 (open: 256; heartbeats, watch: as told)"
                        : "%,d".formatted(options.connections()));
        facts.put("Load", stage.generator().words() + "; open loop: the bundled generator");
        facts.put("Registered", "%s; ttl a day".formatted(stage.size().usual()));
        facts.put(
                "Eureka",
                stage.eureka()
                        .map(eureka -> eureka.version() + "; " + stage.size().eureka() + "; its response cache on")
                        .orElse("left out"));
        facts.put(
                "etcd",
                stage.etcd()
                        .map(version -> version + " by its JSON gateway, one member, each write synced")
                        .orElse(options.peers() ? "left out: not installed (Debian: etcd-server)" : "left out"));
        return facts;
    }
}
