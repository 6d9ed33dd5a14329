package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.CommandLineArguments;
import dev.aicore.discovery.bench.rig.CommandLineArguments.BenchUsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Options of the benchmark of clients.
 *
 * @param leaves number of instances that leave, and of stored versions of a configuration
 * @param outage duration without a registry
 * @param round duration of each measurement of CPU time
 * @param processes number of client processes whose streams are simulated
 * @param instances number of instances of a large service
 * @param peers true if callers with Spring Cloud run, ours and Eureka's
 */
record ClientBenchOptions(
        List<ClientScenario> scenarios,
        int leaves,
        Duration outage,
        Duration round,
        int processes,
        int instances,
        boolean peers) {

    private static final String KNOWN = "--leaves N, --outage SECONDS, --seconds N, --processes N, --no-peers";
    private static final int LEAVES = 200;
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final Duration ROUND = Duration.ofSeconds(20);
    private static final int PROCESSES = 1_000;
    private static final int INSTANCES = 10_000;
    private static final Duration FIXED = Duration.ofMinutes(4);

    /**
     * Parses the command line.
     *
     * @throws BenchUsageException if an argument is unknown or invalid
     */
    static ClientBenchOptions parse(String... arguments) {
        var scenarios = new ArrayList<ClientScenario>();
        int leaves = LEAVES;
        var outage = OUTAGE;
        var round = ROUND;
        int processes = PROCESSES;
        boolean peers = true;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--leaves" -> leaves = CommandLineArguments.number(arguments, ++i);
                case "--outage" -> outage = Duration.ofSeconds(CommandLineArguments.number(arguments, ++i));
                case "--seconds" -> round = Duration.ofSeconds(CommandLineArguments.number(arguments, ++i));
                case "--processes" -> processes = CommandLineArguments.number(arguments, ++i);
                case "--no-peers" -> peers = false;
                case String name ->
                    scenarios.add(CommandLineArguments.scenario(
                            name, List.of(ClientScenario.values()), ClientScenario::word, KNOWN));
            }
        }
        return new ClientBenchOptions(inOrder(scenarios), leaves, outage, round, processes, INSTANCES, peers);
    }

    /** Returns the named scenarios, or all, in their order: the last one kills Eureka. */
    private static List<ClientScenario> inOrder(List<ClientScenario> named) {
        return Arrays.stream(ClientScenario.values())
                .filter(scenario -> named.isEmpty() || named.contains(scenario))
                .toList();
    }

    /** Describes the required time and disk space. */
    String needs() {
        return "Takes about %d min and up to 1 GB below %s, which are freed at the end."
                .formatted(
                        FIXED.plus(outage).plus(round.multipliedBy(5)).toMinutes() + 1,
                        Path.of(System.getProperty("java.io.tmpdir")));
    }
}
