package dev.aicore.discovery.projection.flow;

import static java.util.stream.Collectors.toSet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The facts that couldn't be folded, and those that wait for them. */
final class ParkedRows {

    private ParkedRows() {}

    /**
     * The sequences of these facts that have parked ones, each with its first position. They stay locked against a retry until
     * the transaction ends: it must not take away what these facts wait for while they are being parked.
     */
    static Map<String, Long> lockWaiting(Connection connection, String projection, List<Recorded> facts)
            throws SQLException {
        var sequences = facts.stream().map(Recorded::sequence).collect(toSet()).toArray(new String[0]);
        var seen = firstParked(connection, projection, sequences);
        if (seen.isEmpty()) {
            return seen;
        }
        for (var sequence : seen.keySet().stream().sorted().toList()) {
            lock(connection, projection, sequence);
        }
        return firstParked(connection, projection, sequences);
    }

    private static Map<String, Long> firstParked(Connection connection, String projection, String[] sequences)
            throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT instance_id, min(position) FROM models.parked_facts
                WHERE projection = ? AND instance_id = ANY (?) GROUP BY instance_id""")) {
            select.setString(1, projection);
            select.setObject(2, sequences);
            var first = new HashMap<String, Long>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    first.put(rows.getString(1), rows.getLong(2));
                }
            }
            return first;
        }
    }

    /** Waits for whoever works on the parked facts of this sequence, and keeps others away until the transaction ends. */
    static void lock(Connection connection, String projection, String sequence) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "parked:" + projection + ':' + sequence);
            lock.execute();
        }
    }

    static void parkGuilty(Connection connection, String projection, Recorded fact, String error) throws SQLException {
        park(connection, projection, fact, error, 1);
    }

    static void parkWaiting(Connection connection, String projection, Recorded fact, long first) throws SQLException {
        park(connection, projection, fact, "waits for the fact at position " + first, 0);
    }

    private static void park(Connection connection, String projection, Recorded fact, String error, int attempts)
            throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO models.parked_facts AS parked (projection, position, instance_id, error, attempts)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (projection, position)
                DO UPDATE SET error = excluded.error, attempts = parked.attempts + excluded.attempts""")) {
            insert.setString(1, projection);
            insert.setLong(2, fact.position());
            insert.setString(3, fact.sequence());
            insert.setString(4, error);
            insert.setInt(5, attempts);
            insert.executeUpdate();
        }
    }

    /** The sequences that have parked facts, in order of their first one. */
    static List<String> sequences(Connection connection, String projection) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT instance_id FROM models.parked_facts
                WHERE projection = ? GROUP BY instance_id ORDER BY min(position)""")) {
            select.setString(1, projection);
            var found = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    /** The parked positions of a sequence, in order. */
    static List<Long> positions(Connection connection, String projection, String sequence) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT position FROM models.parked_facts
                WHERE projection = ? AND instance_id = ? ORDER BY position""")) {
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

    /** Forgets those below {@code end}, which were folded in. */
    static int release(Connection connection, String projection, String sequence, long end) throws SQLException {
        try (var delete = connection.prepareStatement("""
                DELETE FROM models.parked_facts WHERE projection = ? AND instance_id = ? AND position < ?""")) {
            delete.setString(1, projection);
            delete.setString(2, sequence);
            delete.setLong(3, end);
            return delete.executeUpdate();
        }
    }

    static long count(Connection connection, String projection) throws SQLException {
        try (var select =
                connection.prepareStatement("SELECT count(*) FROM models.parked_facts WHERE projection = ?")) {
            select.setString(1, projection);
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
