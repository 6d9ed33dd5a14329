package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.CommandLineArguments;
import dev.aicore.discovery.bench.rig.CommandLineArguments.BenchUsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Options of the benchmark.
 *
 * @param length duration of each round; zero for the default of the scenario
 * @param rounds number of rounds, at least 1
 * @param settings settings of the registry, as command-line options
 */
record WriteBenchOptions(
        List<WriteScenario> scenarios, Duration length, int rounds, WriteBenchSize size, List<String> settings) {

    private static final String SETTING = "--service-discovery.";
    private static final String OPTIONS = "--seconds N, --rounds N, " + SETTING + "<setting>=<value>";

    /**
     * Parses the command line.
     *
     * @throws BenchUsageException if an argument is unknown or invalid
     */
    static WriteBenchOptions parse(String... arguments) {
        var scenarios = new ArrayList<WriteScenario>();
        var settings = new ArrayList<String>();
        var length = Duration.ZERO;
        int rounds = 3;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> length = Duration.ofSeconds(CommandLineArguments.number(arguments, ++i));
                case "--rounds" -> rounds = CommandLineArguments.number(arguments, ++i);
                case String setting when setting.startsWith(SETTING) -> settings.add(setting);
                case String name ->
                    scenarios.add(CommandLineArguments.scenario(name, WriteScenario.ALL, WriteScenario::name, OPTIONS));
            }
        }
        return new WriteBenchOptions(
                scenarios.isEmpty() ? WriteScenario.ALL : scenarios, length, rounds, WriteBenchSize.FULL, settings);
    }

    /**
     * Returns the duration of a round.
     *
     * @param usual default of the scenario in seconds
     */
    Duration round(int usual) {
        return length.isZero() ? Duration.ofSeconds(usual) : length;
    }

    /** Describes the required time and disk space. */
    String needs() {
        int all = scenarios.stream()
                .mapToInt(writeScenario -> writeScenario.seconds(rounds, (int) length.toSeconds()))
                .sum();
        return "Takes about %d min and up to 3 GB below %s, which are freed at the end."
                .formatted(Math.ceilDiv(all, 60), Path.of(System.getProperty("java.io.tmpdir")));
    }
}
