package dev.aicore.discovery.projection.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What projections remember of positions that the store doesn't have: its tables were brought back from a backup, and those of the read
 * models weren't. New facts get those positions again, and would be taken for folded.
 */
public final class RestoredStoreRows {

    private static final String TOKEN =
            "substring(convert_from(token, 'UTF8') FROM '\"globalIndex\":([0-9]+)')::bigint";

    private RestoredStoreRows() {}

    /** Whether a token of a projection is beyond the store's last position. */
    static boolean isTokenAhead(Connection connection, String projection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT EXISTS (SELECT FROM store.tokens, store.head"
                + " WHERE processor_name = ? AND " + TOKEN + " > head.position)")) {
            select.setString(1, projection);
            try (var rows = select.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /**
     * Takes back watermarks that are beyond the store's last position, so that nobody is told that new facts are visible.
     *
     * @param fromNow projections that may go on from the end of the store; all others begin at 0, until they are rebuilt
     * @return what they were, by the name of the projection
     */
    static Map<String, Long> lowerWatermarks(Connection connection, Set<String> fromNow) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE models.watermarks AS mark
                SET position = CASE WHEN mark.projection = ANY (?) THEN head.position ELSE 0 END
                FROM store.head, (SELECT projection, position FROM models.watermarks) AS old
                WHERE old.projection = mark.projection AND mark.position > head.position
                RETURNING mark.projection, old.position""")) {
            update.setObject(1, fromNow.toArray(new String[0]));
            var lowered = new LinkedHashMap<String, Long>();
            try (var rows = update.executeQuery()) {
                while (rows.next()) {
                    lowered.put(rows.getString(1), rows.getLong(2));
                }
            }
            return lowered;
        }
    }

    /** Takes tokens of a projection back to a position that its tables have, if they are beyond it. */
    public static void lowerTokens(Connection connection, String projection, long position) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE store.tokens SET token = convert_to('{"globalIndex":' || ? || '}', 'UTF8'),
                    token_type = 'org.axonframework.eventhandling.GlobalSequenceTrackingToken'
                WHERE processor_name = ? AND\s""" + TOKEN + " > (SELECT position FROM store.head)")) {
            update.setString(1, Long.toString(position));
            update.setString(2, projection);
            update.executeUpdate();
        }
    }
}
