package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.bench.store.AppendBench.AppendDesign;
import dev.aicore.discovery.embedded.postgres.PostgresServer;
import java.nio.file.Files;
import java.sql.SQLException;

/** Measures the removal of a million observations among ten thousand facts that stay. Prints a table. */
public final class RetentionBench {

    private RetentionBench() {}

    /** Runs the benchmark once; takes a minute. */
    public static void main(String... arguments) throws Exception {
        var directory = Files.createTempDirectory("retention-bench");
        try (var postgres = PostgresServer.start(directory)) {
            System.out.println("| step | ms | WAL MB | MB left |");
            System.out.println("|---|---|---|---|");
            try (var store = BenchStore.open(postgres, AppendDesign.PRODUCT)) {
                store.with(RetentionRows::fillTwoTables);
                measure(store, "two tables: drop a partition", RetentionRows::dropObservations);
            }
            try (var store = BenchStore.open(postgres, AppendDesign.PRODUCT)) {
                store.with(RetentionRows::fillOneTable);
                measure(store, "one table: delete", RetentionRows::deleteObservations);
                measure(store, "one table: vacuum", RetentionRows::vacuum);
            }
        } finally {
            AppendBench.delete(directory);
        }
    }

    private static void measure(BenchStore store, String words, BenchStore.Step step) throws SQLException {
        store.settle();
        long wal = store.walBytes();
        long begin = System.nanoTime();
        store.with(step);
        double millis = (System.nanoTime() - begin) / 1e6;
        System.out.printf(
                "| %s | %,.0f | %,.1f | %,.1f |%n", words, millis, (store.walBytes() - wal) / 1e6, store.bytes() / 1e6);
    }
}
