package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.Machine;
import java.util.ArrayList;

/**
 * Measures the writing side from request to durable answer, on an embedded PostgreSQL that syncs every commit. Prints a table: each
 * figure is the median of the rounds, except the p99, which is the best one, for the machine's own hiccups are in the others.
 */
public final class WritesBench {

    private WritesBench() {}

    /**
     * Measures.
     *
     * @param arguments scenarios by name (all), {@code --seconds N} of a round, {@code --rounds N} (3), and settings of the registry
     *     such as {@code --service-discovery.event-store.window-max=20ms}
     */
    public static void main(String... arguments) throws Exception {
        var options = Options.parse(arguments);
        System.err.println(options.needs());
        var rows = new ArrayList<Row>();
        for (var scenario : options.scenarios()) {
            System.err.println(scenario.name() + ": " + scenario.does());
            rows.addAll(scenario.run(options));
        }
        System.out.println(Machine.words());
        System.out.println();
        System.out.println(Row.HEADER);
        rows.forEach(System.out::println);
    }
}
