package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.Misuse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What to measure, and how large.
 *
 * @param seconds of each round; 0 takes what each scenario usually takes
 * @param rounds at least 1
 * @param settings of the registry, as command-line options
 */
record Options(List<Scenario> scenarios, int seconds, int rounds, Size size, List<String> settings) {

    private static final String SETTING = "--service-discovery.";

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
                case "--seconds" -> seconds = number(arguments, ++i);
                case "--rounds" -> rounds = number(arguments, ++i);
                case String setting when setting.startsWith(SETTING) -> settings.add(setting);
                case String name -> scenarios.add(scenario(name));
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

    private static Scenario scenario(String name) {
        return Scenario.ALL.stream()
                .filter(known -> known.name().equals(name))
                .findAny()
                .orElseThrow(() -> new Misuse("'" + name + "' is no scenario; there are "
                        + Scenario.ALL.stream().map(Scenario::name).collect(Collectors.joining(", "))
                        + ", and --seconds N, --rounds N, " + SETTING + "<setting>=<value>."));
    }

    private static int number(String[] arguments, int at) {
        if (at < arguments.length && arguments[at].matches("[1-9][0-9]{0,5}")) {
            return Integer.parseInt(arguments[at]);
        }
        throw new Misuse(String.join(" ", Arrays.copyOf(arguments, at)) + " needs a number from 1 to 999999.");
    }
}
