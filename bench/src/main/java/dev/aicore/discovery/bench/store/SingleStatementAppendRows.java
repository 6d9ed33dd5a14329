package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.eventstore.NewEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Assigns positions and inserts events in one statement with its own transaction. All events of a group must be of one
 * kind.
 */
final class SingleStatementAppendRows {

    static final String HEAD = """
            WITH head AS (
                UPDATE store.head
                SET position = position + ?,
                    recorded_at = greatest(recorded_at, date_trunc('milliseconds', clock_timestamp())),
                    lease_until = clock_timestamp() + interval '3 s'
                WHERE epoch >= 0
                RETURNING position - ? AS base, recorded_at), events AS (""";

    static final String ROWS = """
             FROM head, unnest(?::int[], ?::bigint[], ?::smallint[], ?::smallint[], ?::text[], ?::text[], ?::bytea[])
                AS e(nth, seq, shard, revision, type, instance_id, payload)) SELECT base FROM head""";

    private static final String FACTS = HEAD
            + "INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, instance_id, payload)"
            + " SELECT head.base + nth, seq, recorded_at, shard, revision, type, instance_id, payload " + ROWS;

    private static final String OBSERVATIONS = HEAD
            + "INSERT INTO store.observations (position, seq, recorded_at, shard, revision, type, payload)"
            + " SELECT head.base + nth, seq, recorded_at, shard, revision, type, payload " + ROWS;

    private SingleStatementAppendRows() {}

    static long append(Connection connection, List<NewEvent> events) throws SQLException {
        try (var statement = connection.prepareStatement(events.getFirst().fact() ? FACTS : OBSERVATIONS)) {
            statement.setLong(1, events.size());
            statement.setLong(2, events.size());
            EventBatchRows.bind(statement, 3, events);
            return EventBatchRows.position(statement);
        }
    }
}
