package dev.aicore.discovery.projection.processing;

import static java.util.stream.Collectors.toSet;

import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parks the facts that one projection can't fold, and finds out which later facts wait for them. */
final class ParkedFactRows {

    private final String projection;
    private final String parkedFacts;

    /**
     * Creates the rows of a projection.
     *
     * @param schema schema of the table
     */
    ParkedFactRows(String projection, String schema) {
        this.projection = projection;
        parkedFacts = ModelTable.PARKED_FACTS.in(schema);
    }

    /**
     * Returns the first parked position of each sequence of these facts; sequences without parked facts are absent.
     * Locks the sequences until the transaction ends, so that no retry folds a parked fact while a later one is being
     * parked behind it.
     */
    Map<String, Long> lockWaiting(Connection connection, List<RecordedFact> facts) throws SQLException {
        var sequences =
                facts.stream().map(RecordedFact::sequence).collect(toSet()).toArray(new String[0]);
        var seen = firstParked(connection, sequences);
        if (seen.isEmpty()) {
            return seen;
        }
        for (var sequence : seen.keySet().stream().sorted().toList()) {
            DeadLetterRows.lock(connection, projection, sequence);
        }
        return firstParked(connection, sequences);
    }

    private Map<String, Long> firstParked(Connection connection, String[] sequences) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT instance_id, min(position) FROM %s
                WHERE projection = ? AND instance_id = ANY (?) GROUP BY instance_id""".formatted(parkedFacts))) {
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

    void parkFailed(Connection connection, RecordedFact fact, String error) throws SQLException {
        park(connection, fact, error, 1);
    }

    void parkBlocked(Connection connection, RecordedFact fact, long first) throws SQLException {
        park(connection, fact, "waits for the fact at position " + first, 0);
    }

    private void park(Connection connection, RecordedFact fact, String error, int attempts) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO %s AS parked (projection, position, instance_id, error, attempts)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (projection, position)
                DO UPDATE SET error = excluded.error, attempts = parked.attempts + excluded.attempts""".formatted(parkedFacts))) {
            insert.setString(1, projection);
            insert.setLong(2, fact.position());
            insert.setString(3, fact.sequence());
            insert.setString(4, error);
            insert.setInt(5, attempts);
            insert.executeUpdate();
        }
    }

    /**
     * Returns true if an earlier fact of the same instance was quarantined: then the fact could never be folded, even
     * if it were parked.
     */
    static boolean followsQuarantine(Connection connection, RecordedFact fact) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT EXISTS (SELECT FROM store.facts WHERE instance_id = ? AND position < ? AND type = ?)""")) {
            select.setString(1, fact.sequence());
            select.setLong(2, fact.position());
            select.setString(3, WireTypes.nameOf(EventQuarantined.class));
            try (var rows = select.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** Returns the sequences with parked facts, in order of their first one. */
    List<String> sequences(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT instance_id FROM %s
                WHERE projection = ? GROUP BY instance_id ORDER BY min(position)""".formatted(parkedFacts))) {
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
}
