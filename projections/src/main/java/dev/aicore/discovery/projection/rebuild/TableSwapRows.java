package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.ReadModelTable;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Swaps the shadow tables in, all in one transaction. */
final class TableSwapRows {

    private static final String OLD = "models_old";

    private TableSwapRows() {}

    /**
     * Locks the tables until the transaction ends. (1) SHARE UPDATE EXCLUSIVE on each, with a timeout of 5 s: readers
     * and writers aren't blocked, and PostgreSQL cancels an autovacuum that blocks a waiter for
     * {@code deadlock_timeout} (1 s by default). (2) ACCESS EXCLUSIVE on each, with a timeout of 100 ms.
     * {@code parked_facts} is locked first, because folds read it first: a fold that had read it before the swap would
     * park later facts of a sequence although the new tables contain the facts that they wait for.
     */
    static void lock(Connection connection, List<ReadModelTable> tables) throws SQLException {
        var names = Stream.concat(
                        Stream.of(ModelTable.PARKED_FACTS), tables.stream().map(ReadModelTable::table))
                .toList();
        try (var lock = connection.createStatement()) {
            lock.execute("SET LOCAL lock_timeout = '5s'");
            for (var name : names) {
                lock.execute("LOCK TABLE " + name + " IN SHARE UPDATE EXCLUSIVE MODE");
            }
            lock.execute("SET LOCAL lock_timeout = '100ms'");
            for (var name : names) {
                lock.execute("LOCK TABLE " + name + " IN ACCESS EXCLUSIVE MODE");
            }
        }
    }

    /** Swaps the tables of a read model, and replaces the parked facts of its projection. */
    static void swap(Connection connection, ReadModel readModel) throws SQLException {
        try (var alter = connection.createStatement()) {
            alter.execute("CREATE SCHEMA IF NOT EXISTS " + OLD);
            for (var table : readModel.tables()) {
                alter.execute("ALTER TABLE " + table.table() + " SET SCHEMA " + OLD);
                alter.execute("ALTER TABLE " + shadow(table) + " RESET (autovacuum_enabled)");
                alter.execute("ALTER TABLE " + shadow(table) + " SET SCHEMA " + ModelTable.SCHEMA);
            }
        }
        try (var delete = connection.prepareStatement(
                        "DELETE FROM " + ModelTable.PARKED_FACTS + " WHERE projection = ?");
                var insert = connection.prepareStatement("INSERT INTO " + ModelTable.PARKED_FACTS + " SELECT * FROM "
                        + ModelTable.PARKED_FACTS.in(ShadowTableRows.SCHEMA) + " WHERE projection = ?")) {
            delete.setString(1, readModel.name());
            delete.executeUpdate();
            insert.setString(1, readModel.name());
            insert.executeUpdate();
        }
    }

    /** Drops the tables that were swapped out, and the remaining shadow tables. */
    static void drop(Connection connection) throws SQLException {
        try (var drop = connection.createStatement()) {
            drop.execute("DROP SCHEMA " + OLD + " CASCADE");
            drop.execute("DROP SCHEMA " + ShadowTableRows.SCHEMA + " CASCADE");
        }
    }

    /** Collects planner statistics before the tables serve. */
    static void analyze(Connection connection, List<ReadModel> models) throws SQLException {
        try (var analyze = connection.createStatement()) {
            for (var readModel : models) {
                for (var table : readModel.tables()) {
                    analyze.execute("ANALYZE " + shadow(table));
                }
            }
        }
    }

    /** Returns true if a lock timed out, or two transactions deadlocked. */
    static boolean isBusy(SQLException failure) {
        return "55P03".equals(failure.getSQLState()) || "40P01".equals(failure.getSQLState());
    }

    private static String shadow(ReadModelTable table) {
        return table.table().in(ShadowTableRows.SCHEMA);
    }
}
