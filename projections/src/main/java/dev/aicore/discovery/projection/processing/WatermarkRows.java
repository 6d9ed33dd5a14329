package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes the published watermarks: the positions up to which each projection's tables are complete. */
public final class WatermarkRows {

    private WatermarkRows() {}

    /**
     * Publishes a position, unless a later one is stored.
     *
     * @param at time at which the event at that position was recorded; if null, that of the last fact up to the
     *     position is used
     * @throws SQLException if the database fails
     */
    public static void write(Connection connection, String projection, long position, @Nullable Instant at)
            throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO %s AS written (projection, position, at)
                SELECT ?, passed.position, coalesce(
                    passed.at,
                    (SELECT recorded_at FROM store.facts WHERE position <= passed.position ORDER BY position DESC LIMIT 1),
                    'epoch')
                FROM (VALUES (?::bigint, ?::timestamptz)) passed (position, at)
                ON CONFLICT (projection)
                DO UPDATE SET position = excluded.position, at = greatest(written.at, excluded.at)
                WHERE excluded.position > written.position""".formatted(ModelTable.WATERMARKS))) {
            upsert.setString(1, projection);
            upsert.setLong(2, position);
            upsert.setString(3, at == null ? null : at.toString());
            upsert.executeUpdate();
        }
    }

    /**
     * Publishes one position for several projections, unless they have a later one.
     *
     * @param position position of a fact, whose time of recording is used
     * @throws SQLException if the database fails
     */
    static void write(Connection connection, Set<String> projections, long position) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO %s AS written (projection, position, at)
                SELECT name, fact.position, fact.recorded_at
                FROM store.facts fact, unnest(?::text[]) AS name WHERE fact.position = ? ORDER BY name
                ON CONFLICT (projection)
                DO UPDATE SET position = excluded.position, at = greatest(written.at, excluded.at)
                WHERE excluded.position > written.position""".formatted(ModelTable.WATERMARKS))) {
            upsert.setObject(1, projections.toArray(new String[0]));
            upsert.setLong(2, position);
            upsert.executeUpdate();
        }
    }

    /** Returns all published positions, by the name of the projection. */
    public static Map<String, Long> read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT projection, position FROM " + ModelTable.WATERMARKS);
                var rows = select.executeQuery()) {
            var positions = new HashMap<String, Long>();
            while (rows.next()) {
                positions.put(rows.getString(1), rows.getLong(2));
            }
            return positions;
        }
    }

    /**
     * Makes the commit of this transaction asynchronous: its writes may be lost in a crash of the database and are then
     * repeated, so waiting for the disk is unnecessary.
     */
    public static void disableSynchronousCommit(Connection connection) throws SQLException {
        try (var set = connection.prepareStatement("SET LOCAL synchronous_commit = off")) {
            set.execute();
        }
    }
}
