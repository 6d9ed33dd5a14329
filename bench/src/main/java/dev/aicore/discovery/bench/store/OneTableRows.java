package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.eventstore.NewEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Stores facts and observations in one table with the same retention and indexes. */
final class OneTableRows {

    private static final String CREATE = """
            CREATE TABLE store.events (
                position bigint PRIMARY KEY, seq bigint NOT NULL, recorded_at timestamptz(3) NOT NULL, shard smallint NOT NULL,
                revision smallint NOT NULL, type text NOT NULL, instance_id text, payload bytea NOT NULL, UNIQUE (shard, seq));
            CREATE INDEX ON store.events (instance_id, position) WHERE instance_id <> '';
            ALTER TABLE store.events ALTER COLUMN payload SET STORAGE EXTERNAL""";

    private static final String APPEND = SingleStatementAppendRows.HEAD
            + "INSERT INTO store.events (position, seq, recorded_at, shard, revision, type, instance_id, payload)"
            + " SELECT head.base + nth, seq, recorded_at, shard, revision, type, instance_id, payload "
            + SingleStatementAppendRows.ROWS;

    private OneTableRows() {}

    static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
    }

    static long append(Connection connection, List<NewEvent> events) throws SQLException {
        try (var statement = connection.prepareStatement(APPEND)) {
            statement.setLong(1, events.size());
            statement.setLong(2, events.size());
            EventBatchRows.bind(statement, 3, events);
            return EventBatchRows.position(statement);
        }
    }
}
