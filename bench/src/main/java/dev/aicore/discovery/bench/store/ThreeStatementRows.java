package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.eventstore.NewEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Appends in a transaction of three statements: lock and move the head, insert, commit. Each is a round trip, and the
 * head stays locked meanwhile.
 */
final class ThreeStatementRows {

    private static final String HEAD = """
            UPDATE store.head
            SET position = position + ?,
                recorded_at = greatest(recorded_at, date_trunc('milliseconds', clock_timestamp())),
                lease_until = clock_timestamp() + interval '3 s'
            WHERE epoch >= 0
            RETURNING position - ?, recorded_at""";

    private static final String ROWS =
            " FROM unnest(?::int[], ?::bigint[], ?::smallint[], ?::smallint[], ?::text[], ?::text[], ?::bytea[])"
                    + " AS e(nth, seq, shard, revision, type, instance_id, payload)";

    private static final String FACTS =
            "INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, instance_id, payload)"
                    + " SELECT ? + nth, seq, ?, shard, revision, type, instance_id, payload" + ROWS;

    private static final String OBSERVATIONS =
            "INSERT INTO store.observations (position, seq, recorded_at, shard, revision, type, payload)"
                    + " SELECT ? + nth, seq, ?, shard, revision, type, payload" + ROWS;

    private ThreeStatementRows() {}

    static long append(Connection connection, List<NewEvent> events) throws SQLException {
        connection.setAutoCommit(false);
        try (var head = connection.prepareStatement(HEAD);
                var insert = connection.prepareStatement(events.getFirst().fact() ? FACTS : OBSERVATIONS)) {
            head.setLong(1, events.size());
            head.setLong(2, events.size());
            long base;
            OffsetDateTime recordedAt;
            try (var row = head.executeQuery()) {
                row.next();
                base = row.getLong(1);
                recordedAt = row.getObject(2, OffsetDateTime.class);
            }
            insert.setLong(1, base);
            insert.setObject(2, recordedAt);
            EventBatchRows.bind(insert, 3, events);
            insert.executeUpdate();
            connection.commit();
            return base;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
