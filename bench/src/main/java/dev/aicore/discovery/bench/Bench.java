package dev.aicore.discovery.bench;

import dev.aicore.discovery.bench.clients.ClientBench;
import dev.aicore.discovery.bench.discovery.DialectBench;
import dev.aicore.discovery.bench.discovery.DiscoverBench;
import dev.aicore.discovery.bench.dns.DnsBench;
import dev.aicore.discovery.bench.health.HealthBench;
import dev.aicore.discovery.bench.history.HistoryBench;
import dev.aicore.discovery.bench.rig.CommandLineArguments.BenchUsageException;
import dev.aicore.discovery.bench.soak.SoakBench;
import dev.aicore.discovery.bench.store.AppendBench;
import dev.aicore.discovery.bench.store.RetentionBench;
import dev.aicore.discovery.bench.writes.WritesBench;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Runs a benchmark by its name. */
public final class Bench {

    @FunctionalInterface
    private interface Runner {
        void run(String... arguments) throws Exception;
    }

    private static final Map<String, Runner> BENCHES = new TreeMap<>(Map.of(
            "clients", ClientBench::main,
            "dialects", DialectBench::main,
            "discover", DiscoverBench::main,
            "dns", DnsBench::main,
            "health", HealthBench::main,
            "history", HistoryBench::main,
            "store", AppendBench::main,
            "retention", RetentionBench::main,
            "soak", SoakBench::main,
            "writes", WritesBench::main));

    private Bench() {}

    public static void main(String... arguments) throws Exception {
        var bench = arguments.length == 0 ? null : BENCHES.get(arguments[0]);
        if (bench == null) {
            System.err.println("Expected the name of a benchmark: " + String.join(", ", BENCHES.keySet()));
            System.exit(2);
            return;
        }
        try {
            bench.run(Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (BenchUsageException benchUsageException) {
            System.err.println(benchUsageException.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }
}
