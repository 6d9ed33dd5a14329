package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.ReadModelMigration;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.ReadModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Puts the tables that were built in the place of those that serve: all in one transaction. */
final class TableSwapRows {

    private static final String OLD = "models_old";
    private static final String PARKED = ReadModelMigration.SCHEMA + ".parked_facts";

    private TableSwapRows() {}

    /**
     * Waits shortly until nobody writes to them or reads them, and keeps all others waiting until the transaction ends. Nor may anybody
     * have seen what was set aside and not be done: its facts would be set aside, too, beside tables that have what they wait for. Folds
     * look at that first, so it is locked first. Before that it has a vacuum give way, which PostgreSQL's own does for whoever waited for
     * a second ({@code deadlock_timeout}): by a lock that no reader or writer minds.
     */
    static void lock(Connection connection, List<ReadModelTable> tables) throws SQLException {
        var names = Stream.concat(Stream.of(PARKED), tables.stream().map(TableSwapRows::live))
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

    /** The tables, and what of the projection's facts couldn't be folded. */
    static void swap(Connection connection, ReadModel readModel) throws SQLException {
        try (var alter = connection.createStatement()) {
            alter.execute("CREATE SCHEMA IF NOT EXISTS " + OLD);
            for (var table : readModel.tables()) {
                alter.execute("ALTER TABLE " + live(table) + " SET SCHEMA " + OLD);
                alter.execute(
                        "ALTER TABLE " + ShadowTableRows.SCHEMA + "." + table.name() + " RESET (autovacuum_enabled)");
                alter.execute("ALTER TABLE " + ShadowTableRows.SCHEMA + "." + table.name() + " SET SCHEMA "
                        + ReadModelMigration.SCHEMA);
            }
        }
        try (var delete = connection.prepareStatement("DELETE FROM " + PARKED + " WHERE projection = ?");
                var insert = connection.prepareStatement("INSERT INTO " + PARKED + " SELECT * FROM "
                        + ShadowTableRows.SCHEMA + ".parked_facts WHERE projection = ?")) {
            delete.setString(1, readModel.name());
            delete.executeUpdate();
            insert.setString(1, readModel.name());
            insert.executeUpdate();
        }
    }

    /** Ends with what was swapped out, and with what was built and not needed. */
    static void drop(Connection connection) throws SQLException {
        try (var drop = connection.createStatement()) {
            drop.execute("DROP SCHEMA " + OLD + " CASCADE");
            drop.execute("DROP SCHEMA " + ShadowTableRows.SCHEMA + " CASCADE");
        }
    }

    /** Lets the planner know the tables before they serve. */
    static void analyze(Connection connection, List<ReadModel> models) throws SQLException {
        try (var analyze = connection.createStatement()) {
            for (var readModel : models) {
                for (var table : readModel.tables()) {
                    analyze.execute("ANALYZE " + ShadowTableRows.SCHEMA + "." + table.name());
                }
            }
        }
    }

    /** Whether the tables were in use for too long, or two waited for each other. */
    static boolean isBusy(SQLException failure) {
        return "55P03".equals(failure.getSQLState()) || "40P01".equals(failure.getSQLState());
    }

    private static String live(ReadModelTable table) {
        return ReadModelMigration.SCHEMA + "." + table.name();
    }
}
