package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.CommandLineArguments;
import dev.aicore.discovery.bench.rig.CommandLineArguments.BenchUsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Options of the benchmark.
 *
 * @param length duration of each round; zero for the default of the scenario
 * @param rounds rounds of each server, in turn
 * @param connections persistent connections, each with one request at a time; 0 for the default of the scenario
 * @param peers true if other servers are measured, too, where available
 * @param json file for the table as JSON
 * @param picture file for the chart
 */
record DiscoverBenchOptions(
        List<DiscoveryBenchScenario> scenarios,
        Duration length,
        int rounds,
        int connections,
        boolean peers,
        Optional<Path> json,
        Optional<Path> picture) {

    private static final String KNOWN =
            "--seconds N, --rounds N, --connections N, --no-peers, --json FILE, --picture FILE";

    /**
     * Parses the command line.
     *
     * @throws BenchUsageException if an argument is unknown or invalid
     */
    static DiscoverBenchOptions parse(String... arguments) {
        return parse(DiscoveryBenchScenario.ALL, arguments);
    }

    /** Parses the command line of a benchmark with other scenarios. */
    static DiscoverBenchOptions parse(List<DiscoveryBenchScenario> known, String... arguments) {
        var scenarios = new ArrayList<DiscoveryBenchScenario>();
        var length = Duration.ZERO;
        int rounds = 3;
        int connections = 0;
        boolean peers = true;
        Optional<Path> json = Optional.empty();
        Optional<Path> picture = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> length = Duration.ofSeconds(CommandLineArguments.number(arguments, ++i));
                case "--rounds" -> rounds = CommandLineArguments.number(arguments, ++i);
                case "--connections" -> connections = CommandLineArguments.number(arguments, ++i);
                case "--no-peers" -> peers = false;
                case "--json" -> json = Optional.of(Path.of(CommandLineArguments.file(arguments, ++i)));
                case "--picture" -> picture = Optional.of(Path.of(CommandLineArguments.file(arguments, ++i)));
                case String name ->
                    scenarios.add(CommandLineArguments.scenario(name, known, DiscoveryBenchScenario::name, KNOWN));
            }
        }
        return new DiscoverBenchOptions(
                scenarios.isEmpty() ? known : scenarios, length, rounds, connections, peers, json, picture);
    }

    /**
     * Returns the duration of a round.
     *
     * @param usual default of the scenario in seconds
     */
    Duration round(int usual) {
        return length.isZero() ? Duration.ofSeconds(usual) : length;
    }

    /**
     * Returns the number of connections.
     *
     * @param usual default of the scenario
     */
    int connections(int usual) {
        return connections == 0 ? usual : connections;
    }

    /** Describes the required time and disk space. */
    String needs() {
        int all = scenarios.stream()
                .mapToInt(discoverScenario -> discoverScenario.seconds(rounds, (int) length.toSeconds()))
                .sum();
        return "Takes about %d min and up to 2 GB below %s, which are freed at the end."
                .formatted(Math.ceilDiv(all, 60), Path.of(System.getProperty("java.io.tmpdir")));
    }
}
