package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.projection.processing.DeadLetter.Parking;
import dev.aicore.discovery.projection.processing.DeadLetterRetryService.DeadLetterKey;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists and releases the parked facts: those that couldn't be folded, and those that wait for them. */
final class DeadLetterRows {

    private DeadLetterRows() {}

    /** Locks the parked facts of a sequence until the transaction ends; waits for the current holder. */
    static void lock(Connection connection, String projection, String sequence) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "parked:" + projection + ':' + sequence);
            lock.execute();
        }
    }

    /** Returns true if any fact of any projection is parked. */
    static boolean exist(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT EXISTS (SELECT 1 FROM " + ModelTable.PARKED_FACTS + ")");
                var row = select.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Returns the parked positions of a sequence, in order. */
    static List<Long> positions(Connection connection, String projection, String sequence) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT position FROM %s
                WHERE projection = ? AND instance_id = ? ORDER BY position""".formatted(ModelTable.PARKED_FACTS))) {
            select.setString(1, projection);
            select.setString(2, sequence);
            var found = new ArrayList<Long>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
            return found;
        }
    }

    /**
     * Deletes the parked facts below {@code end}, which have been folded.
     *
     * @return number of deleted facts
     */
    static int release(Connection connection, String projection, String sequence, long end) throws SQLException {
        try (var delete = connection.prepareStatement("""
                DELETE FROM %s WHERE projection = ? AND instance_id = ? AND position < ?""".formatted(ModelTable.PARKED_FACTS))) {
            delete.setString(1, projection);
            delete.setString(2, sequence);
            delete.setLong(3, end);
            return delete.executeUpdate();
        }
    }

    /** Deletes one parked fact, as if it had been folded. */
    static void delete(Connection connection, String projection, long position) throws SQLException {
        try (var delete = connection.prepareStatement(
                "DELETE FROM " + ModelTable.PARKED_FACTS + " WHERE projection = ? AND position = ?")) {
            delete.setString(1, projection);
            delete.setLong(2, position);
            delete.executeUpdate();
        }
    }

    /** Returns the number of parked facts of a sequence. */
    static long count(Connection connection, String projection, String sequence) throws SQLException {
        return positions(connection, projection, sequence).size();
    }

    /** Returns the keys of the parked fact at a position, in order of projections. */
    static List<DeadLetterKey> at(Connection connection, long position) throws SQLException {
        try (var select = connection.prepareStatement("SELECT projection, instance_id FROM " + ModelTable.PARKED_FACTS
                + " WHERE position = ? ORDER BY projection")) {
            select.setLong(1, position);
            var found = new ArrayList<DeadLetterKey>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new DeadLetterKey(rows.getString(1), rows.getString(2), position));
                }
            }
            return found;
        }
    }

    /** Returns the dead letters after a position, in order, at most {@code limit}. */
    static List<DeadLetter> page(Connection connection, long behind, int limit) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT p.position, f.type, f.recorded_at, p.instance_id, p.projection, p.error, p.attempts, p.parked_at
                FROM %1$s p JOIN store.facts f USING (position)
                WHERE p.position IN (
                    SELECT DISTINCT position FROM %1$s WHERE position > ? ORDER BY position LIMIT ?)
                ORDER BY p.position, p.projection""".formatted(ModelTable.PARKED_FACTS))) {
            select.setLong(1, behind);
            select.setInt(2, limit);
            var page = new LinkedHashMap<Long, DeadLetter>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    page.merge(rows.getLong(1), toDeadLetter(rows), DeadLetter::and);
                }
            }
            return List.copyOf(page.values());
        }
    }

    private static DeadLetter toDeadLetter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getString(4),
                List.of(new Parking(
                        row.getString(5),
                        row.getString(6),
                        row.getInt(7),
                        row.getObject(8, OffsetDateTime.class).toInstant())));
    }

    /** Returns the number of parked facts by projection; projections without parked facts are absent. */
    static Map<String, Long> counts(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(
                        "SELECT projection, count(*) FROM " + ModelTable.PARKED_FACTS + " GROUP BY projection");
                var rows = select.executeQuery()) {
            var counts = new HashMap<String, Long>();
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
            return counts;
        }
    }
}
