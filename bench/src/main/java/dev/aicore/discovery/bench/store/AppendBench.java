package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.bench.rig.CommandLineArguments;
import dev.aicore.discovery.embedded.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;

/**
 * Measures appends in a closed loop to an embedded PostgreSQL that syncs every commit: packed observations by 16
 * appenders, facts by 256, each on a virtual thread. Prints a table. Each figure is the median of the rounds, except
 * the p99, which is that of the best round, because the others include disturbances by the machine.
 */
public final class AppendBench {

    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private AppendBench() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments seconds of each round (10), number of rounds (3)
     */
    public static void main(String... arguments) throws Exception {
        var measured = Duration.ofSeconds(arguments.length > 0 ? CommandLineArguments.number(arguments, 0) : 10);
        int rounds = arguments.length > 1 ? CommandLineArguments.number(arguments, 1) : 3;
        var directory = Files.createTempDirectory("append-bench");
        try (var postgres = PostgresServer.start(directory)) {
            System.out.println(AppendMeasurement.HEADER);
            for (var appendWorkload : AppendWorkload.values()) {
                var results = new EnumMap<AppendDesign, List<AppendMeasurement>>(AppendDesign.class);
                // The designs take turns, so that disturbances by the machine affect all of them.
                for (int round = 0; round < rounds; round++) {
                    for (var appendDesign : AppendDesign.values()) {
                        results.computeIfAbsent(appendDesign, first -> new ArrayList<>())
                                .add(round(postgres, appendDesign, appendWorkload, measured));
                    }
                }
                results.forEach((design, all) ->
                        System.out.println(AppendMeasurement.row(design, appendWorkload, all, loadAverage())));
            }
        } finally {
            delete(directory);
        }
    }

    private static AppendMeasurement round(
            PostgresServer postgres, AppendDesign appendDesign, AppendWorkload appendWorkload, Duration measured)
            throws Exception {
        try (var store = BenchStore.open(postgres, appendDesign)) {
            var appendLoad = new AppendLoad(store.appender(), appendWorkload);
            appendLoad.run(WARM_UP);
            store.settle();
            return AppendMeasurement.of(store, appendWorkload, () -> appendLoad.run(measured));
        }
    }

    private static String loadAverage() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        } catch (IOException e) {
            return "?";
        }
    }

    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Designs of the append. */
    enum AppendDesign {
        PRODUCT("one statement, two tables: the product's group commit"),
        ONE_STATEMENT("the same statement in the plain group commit of this benchmark"),
        THREE_STATEMENTS("a transaction of three statements, two tables"),
        ONE_TABLE("one statement, one table"),
        NO_GROUPS("the product's group commit, one unit per commit");

        private final String words;

        AppendDesign(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
