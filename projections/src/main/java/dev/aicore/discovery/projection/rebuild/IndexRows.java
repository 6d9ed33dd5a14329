package dev.aicore.discovery.projection.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Drops the indexes that only readers need and recreates them once the tables are filled: sorting once is far cheaper
 * than inserting millions of rows into each index. Unique indexes stay.
 */
final class IndexRows {

    private static final String NAME = "indexes_away";
    private static final String DROPPED_TABLE = ShadowTableRows.SCHEMA + "." + NAME;

    private IndexRows() {}

    /**
     * Drops the indexes and stores their definitions.
     *
     * @param needed names of indexes that stay
     */
    static void dropIndexes(Connection connection, Set<String> needed) throws SQLException {
        try (var statement = connection.createStatement();
                var note = connection.prepareStatement("INSERT INTO " + DROPPED_TABLE + """
                         SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
                        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                        WHERE c.relnamespace = ?::regnamespace AND NOT i.indisunique AND c.relname <> ALL (?)""")) {
            statement.execute("CREATE TABLE " + DROPPED_TABLE + " (name text NOT NULL, definition text NOT NULL)");
            note.setString(1, ShadowTableRows.SCHEMA);
            note.setObject(2, needed.toArray(String[]::new));
            note.executeUpdate();
            for (var name : texts(connection, "name")) {
                statement.execute("DROP INDEX " + name);
            }
        }
    }

    /** Returns true if the indexes are dropped, i.e. the tables aren't filled yet. */
    static boolean areDropped(Connection connection) throws SQLException {
        return ShadowTableRows.exists(connection, NAME);
    }

    /** Recreates the indexes. */
    static void recreateIndexes(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var definition : texts(connection, "definition")) {
                statement.execute(definition);
            }
            statement.execute("DROP TABLE " + DROPPED_TABLE);
        }
    }

    private static List<String> texts(Connection connection, String column) throws SQLException {
        try (var select =
                        connection.prepareStatement("SELECT " + column + " FROM " + DROPPED_TABLE + " ORDER BY name");
                var rows = select.executeQuery()) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
