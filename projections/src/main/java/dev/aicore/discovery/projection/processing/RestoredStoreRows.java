package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Detects and lowers positions of projections that the store doesn't have, because its tables were restored from a
 * backup and those of the read models weren't. The store assigns these positions to new facts, which would otherwise
 * count as folded.
 */
public final class RestoredStoreRows {

    /** Number of last facts that are searched for one about an instance. */
    private static final int MAX_SEARCHED_FACTS = 10_000;

    private static final String TOKEN =
            "substring(convert_from(token, 'UTF8') FROM '\"globalIndex\":([0-9]+)')::bigint";

    /**
     * Selects the models that lack the last fact about an instance that all tokens cover. Both models must have it,
     * unless it was parked or dropped: rows and tokens commit in one transaction, so that a crash can't separate them.
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
                WHEN 'audit' THEN EXISTS (SELECT FROM %3$s WHERE position = last.position)
                ELSE EXISTS (SELECT FROM %4$s
                             WHERE id = last.instance_id AND from_position = last.position) END
              AND NOT EXISTS (SELECT FROM %5$s parked
                              WHERE parked.projection = model.name AND parked.position = last.position)
              AND NOT EXISTS (SELECT FROM %3$s dropped
                              WHERE dropped.type = 'DeadLetterDropped' AND dropped.position > last.position
                                AND dropped.summary LIKE 'the fact at position ' || last.position || ' (%%')
            """.formatted(
                    TOKEN, MAX_SEARCHED_FACTS, ModelTable.AUDIT, ModelTable.INSTANCE_VERSIONS, ModelTable.PARKED_FACTS);

    private RestoredStoreRows() {}

    /**
     * Finds models that lack a fact that their tokens cover: their tables were restored from a backup that is older
     * than that of the store.
     *
     * @return position of a missing fact, by the name of the projection
     */
    static Map<String, Long> findLacking(Connection connection, String processor) throws SQLException {
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

    /** Returns true if a token of the projection is beyond the store's last position. */
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
     * Lowers watermarks that are beyond the store's last position, so that new facts don't count as visible.
     *
     * @param fromNow projections that may continue at the end of the store; all others restart at 0 until they are
     *     rebuilt
     * @return previous positions, by the name of the projection
     */
    static Map<String, Long> lowerWatermarks(Connection connection, Set<String> fromNow) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE %1$s AS mark
                SET position = CASE WHEN mark.projection = ANY (?) THEN head.position ELSE 0 END
                FROM store.head, (SELECT projection, position FROM %1$s) AS old
                WHERE old.projection = mark.projection AND mark.position > head.position
                RETURNING mark.projection, old.position""".formatted(ModelTable.WATERMARKS))) {
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

    /** Lowers tokens of a projection that are beyond the store's last position to a position that its tables have. */
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
