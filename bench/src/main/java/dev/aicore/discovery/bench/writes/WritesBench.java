package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.MachineInfo;
import java.util.ArrayList;

/**
 * Measures writes from the request to the durable answer, on an embedded PostgreSQL that syncs every commit. Prints a
 * table. Each figure is the median of the rounds, except the p99, which is that of the best round, because the others
 * include disturbances by the machine.
 */
public final class WritesBench {

    private WritesBench() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments names of scenarios (default: all), {@code --seconds N} per round, {@code --rounds N} (3), and
     *     settings of the registry such as {@code --service-discovery.event-store.max-linger=20ms}
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
