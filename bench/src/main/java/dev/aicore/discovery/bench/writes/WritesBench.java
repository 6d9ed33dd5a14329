package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.MachineInfo;
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
        var writeBenchOptions = WriteBenchOptions.parse(arguments);
        System.err.println(writeBenchOptions.needs());
        var rows = new ArrayList<WriteReportRow>();
        for (var writeScenario : writeBenchOptions.scenarios()) {
            System.err.println(writeScenario.name() + ": " + writeScenario.does());
            rows.addAll(writeScenario.run(writeBenchOptions));
        }
        System.out.println(MachineInfo.words());
        System.out.println();
        System.out.println(WriteReportRow.HEADER);
        rows.forEach(System.out::println);
    }
}
