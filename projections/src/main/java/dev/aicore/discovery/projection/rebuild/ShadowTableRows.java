package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.ReadModelMigration;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Creates and drops the shadow tables in their own schema, and stores their progress. */
final class ShadowTableRows {

    static final String SCHEMA = "models_next";

    private ShadowTableRows() {}

    /**
     * Progress of a build.
     *
     * @param task what is done with the tables once they are complete
     * @param models names of the read models
     * @param position position up to which facts are folded
     */
    record Progress(String task, Set<String> models, long position) {}

    /** Returns the progress; empty if nothing is being built. */
    static Optional<Progress> progress(Connection connection) throws SQLException {
        if (!exists(connection, "progress")) {
            return Optional.empty();
        }
        try (var select = connection.prepareStatement("SELECT task, models, position FROM " + SCHEMA + ".progress");
                var rows = select.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Progress(
                            rows.getString(1),
                            new TreeSet<>(Set.of((String[]) rows.getArray(2).getArray())),
                            rows.getLong(3)))
                    : Optional.empty();
        }
    }

    /**
     * Returns true if the shadow tables have the same schema version as the serving tables. The shadow tables must
     * exist.
     */
    static boolean haveCurrentVersion(Connection connection) throws SQLException {
        var last = "(SELECT max(installed_rank) FROM %s.schema_history)";
        try (var select = connection.prepareStatement("SELECT " + last.formatted(SCHEMA) + " IS NOT DISTINCT FROM "
                        + last.formatted(ModelTable.SCHEMA));
                var rows = select.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** Returns true if the shadow schema has such a table. */
    static boolean exists(Connection connection, String table) throws SQLException {
        try (var select =
                        connection.prepareStatement("SELECT to_regclass('" + SCHEMA + "." + table + "') IS NOT NULL");
                var rows = select.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /**
     * Creates empty tables without the indexes that only readers need. Drops previous shadow tables.
     *
     * @param indexes names of the indexes that the rebuilding folds need
     */
    static void create(DataSource database, String task, Set<String> models, Set<String> indexes) throws SQLException {
        drop(database);
        new ReadModelMigration(database, SCHEMA).migrate();
        try (var connection = database.getConnection();
                var create = connection.createStatement();
                var insert = connection.prepareStatement(
                        "INSERT INTO " + SCHEMA + ".progress (task, models, position) VALUES (?, ?, 0)")) {
            connection.setAutoCommit(false);
            create.execute("CREATE TABLE " + SCHEMA
                    + ".progress (task text NOT NULL, models text[] NOT NULL, position bigint NOT NULL)");
            insert.setString(1, task);
            insert.setObject(2, models.toArray(String[]::new));
            insert.executeUpdate();
            IndexRows.dropIndexes(connection, indexes);
            disableAutovacuum(connection);
            connection.commit();
        }
    }

    /**
     * Disables autovacuum for the tables. They only grow, so there is nothing to clean up, and a vacuum would scan them
     * again and again while they are filled.
     */
    private static void disableAutovacuum(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT tablename FROM pg_tables WHERE schemaname = ?");
                var alter = connection.createStatement()) {
            select.setString(1, SCHEMA);
            try (var tables = select.executeQuery()) {
                while (tables.next()) {
                    alter.execute(
                            "ALTER TABLE " + SCHEMA + "." + tables.getString(1) + " SET (autovacuum_enabled = false)");
                }
            }
        }
    }

    /** Stores the position, in the transaction that folds. */
    static void advance(Connection connection, long position) throws SQLException {
        try (var update = connection.prepareStatement("UPDATE " + SCHEMA + ".progress SET position = ?")) {
            update.setLong(1, position);
            update.executeUpdate();
        }
    }

    static void drop(DataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var drop = connection.createStatement()) {
            drop.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        }
    }
}
