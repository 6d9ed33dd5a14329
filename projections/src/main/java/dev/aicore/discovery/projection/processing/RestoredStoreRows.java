package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.api.wire.WireTypes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What projections remember of positions that the store doesn't have: its tables were brought back from a backup, and those of the read
 * models weren't. New facts get those positions again, and would be taken for folded.
 */
public final class RestoredStoreRows {

    /** So many facts at the end are looked through for one about an instance. */
    private static final int LATE_FACTS = 10_000;

    private static final String TOKEN =
            "substring(convert_from(token, 'UTF8') FROM '\"globalIndex\":([0-9]+)')::bigint";

    /**
     * The last fact about an instance that all tokens say was folded must be in both models, but where it was parked or given up. Rows and
     * tokens are of one transaction, so that a crash can't part them.
     */
    private static final String LACKING = """
            WITH folded AS (
                SELECT CASE WHEN count(*) = count(%1$s) THEN min(%1$s) END AS position
                FROM store.tokens WHERE processor_name = ?
            ), last AS (
                SELECT late.position, late.instance_id FROM (
                    SELECT * FROM store.facts WHERE position <= (SELECT position FROM folded)
                    ORDER BY position DESC LIMIT %2$d
                ) late
                WHERE late.type = ANY (?) ORDER BY late.position DESC LIMIT 1
            )
            SELECT model.name, last.position FROM last CROSS JOIN (VALUES ('audit'), ('instances')) model (name)
            WHERE NOT CASE model.name
                WHEN 'audit' THEN EXISTS (SELECT FROM models.audit WHERE position = last.position)
                ELSE EXISTS (SELECT FROM models.instance_versions
                             WHERE id = last.instance_id AND from_position = last.position) END
              AND NOT EXISTS (SELECT FROM models.parked_facts parked
                              WHERE parked.projection = model.name AND parked.position = last.position)
              AND NOT EXISTS (SELECT FROM models.audit dropped
                              WHERE dropped.type = 'DeadLetterDropped' AND dropped.position > last.position
                                AND dropped.summary LIKE 'the fact at position ' || last.position || ' (%%')
            """.formatted(TOKEN, LATE_FACTS);

    private RestoredStoreRows() {}

    /**
     * Finds models that lack what the tokens of their projection say that they have: their tables were brought back from a backup that is older
     * than the store's.
     *
     * @return the position of a fact that it lacks, by the name of the projection
     */
    static Map<String, Long> lacking(Connection connection, String processor) throws SQLException {
        try (var select = connection.prepareStatement(LACKING)) {
            select.setString(1, processor);
            select.setObject(
                    2,
                    Arrays.stream(InstanceFact.class.getPermittedSubclasses())
                            .map(WireTypes::nameOf)
                            .toArray(String[]::new));
            var lacking = new LinkedHashMap<String, Long>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    lacking.put(rows.getString(1), rows.getLong(2));
                }
            }
            return lacking;
        }
    }

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
