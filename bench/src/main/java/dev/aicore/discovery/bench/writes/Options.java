package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.Arguments;
import dev.aicore.discovery.bench.rig.Misuse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What to measure, and how large.
 *
 * @param seconds of each round; 0 takes what each scenario usually takes
 * @param rounds at least 1
 * @param settings of the registry, as command-line options
 */
record Options(List<Scenario> scenarios, int seconds, int rounds, Size size, List<String> settings) {

    private static final String SETTING = "--service-discovery.";
    private static final String OPTIONS = "--seconds N, --rounds N, " + SETTING + "<setting>=<value>";

    /**
     * Reads the command line.
     *
     * @throws Misuse if nobody understands it
     */
    static Options parse(String... arguments) {
        var scenarios = new ArrayList<Scenario>();
        var settings = new ArrayList<String>();
        int seconds = 0;
        int rounds = 3;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> seconds = Arguments.number(arguments, ++i);
                case "--rounds" -> rounds = Arguments.number(arguments, ++i);
                case String setting when setting.startsWith(SETTING) -> settings.add(setting);
                case String name -> scenarios.add(Arguments.scenario(name, Scenario.ALL, Scenario::name, OPTIONS));
            }
        }
        return new Options(scenarios.isEmpty() ? Scenario.ALL : scenarios, seconds, rounds, Size.FULL, settings);
    }

    /** How long a round lasts. */
    Duration round(int usual) {
        return Duration.ofSeconds(seconds == 0 ? usual : seconds);
    }

    /** What it takes of the machine. */
    String needs() {
        int all = scenarios.stream()
                .mapToInt(scenario -> scenario.seconds(rounds, seconds))
                .sum();
        return "Takes about %d min and up to 3 GB below %s, which are given back at the end."
                .formatted(Math.ceilDiv(all, 60), Path.of(System.getProperty("java.io.tmpdir")));
    }
}
