package dev.aicore.discovery.projection.axonserver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers of facts by instance. Facts are never dropped and a damaged one is replaced, so the number of earlier
 * facts of an instance is a sequence number that never changes.
 */
final class InstanceSequenceReader {

    private static final String COUNT = """
            SELECT instance_id, count(*) FROM store.facts
            WHERE instance_id = ANY (?) AND position <= ? GROUP BY instance_id""";

    private static final String LAST = """
            SELECT last.instance_id, (
                SELECT count(*) FROM store.facts
                WHERE facts.instance_id = last.instance_id AND facts.position <= last.position)
            FROM (
                SELECT instance_id, position FROM store.facts
                WHERE position <= ? AND instance_id IS NOT NULL ORDER BY position DESC LIMIT 1
            ) last""";

    private InstanceSequenceReader() {}

    /**
     * Number of facts of an instance.
     *
     * @param facts number of facts up to a position, at least 1
     */
    record InstanceFacts(String instance, long facts) {}

    /** Returns the number of facts of each instance up to a position; no entry for an instance without one. */
    static Map<String, Long> count(Connection connection, Collection<String> instances, long position)
            throws SQLException {
        try (var select = connection.prepareStatement(COUNT)) {
            select.setObject(1, instances.toArray(new String[0]));
            select.setLong(2, position);
            var counts = new HashMap<String, Long>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
            return counts;
        }
    }

    /** Returns the instance of the last fact up to a position; null if there is none. */
    static @Nullable InstanceFacts last(Connection connection, long position) throws SQLException {
        try (var select = connection.prepareStatement(LAST)) {
            select.setLong(1, position);
            try (var rows = select.executeQuery()) {
                return rows.next() ? new InstanceFacts(rows.getString(1), rows.getLong(2)) : null;
            }
        }
    }
}
