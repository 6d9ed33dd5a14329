package dev.aicore.discovery.bench.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Creates a million observations with a fact at every hundredth position, in two tables or in one, and removes the
 * observations.
 */
final class RetentionRows {

    private static final int EVENTS = 1_000_000;

    private static final String EVENT = "seq, now(), seq % 16, 1,";
    private static final String OBSERVATION = EVENT + " 'O', decode(repeat(md5(seq::text), 8), 'hex')";
    private static final String FACT =
            EVENT + " 'InstanceRegistered', 'instance-' || seq, convert_to(repeat(md5(seq::text), 20), 'UTF8')";

    private static final String TWO_TABLES = """
            CREATE TABLE store.observations_of_bench (LIKE store.observations INCLUDING ALL);
            CREATE UNIQUE INDEX ON store.observations_of_bench (shard, seq);
            INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, instance_id, payload)
                SELECT seq, %3$s FROM generate_series(0, %1$d, 100) seq;
            INSERT INTO store.observations_of_bench (position, seq, recorded_at, shard, revision, type, payload)
                SELECT seq, %2$s FROM generate_series(0, %1$d) seq WHERE seq %% 100 <> 0""".formatted(EVENTS, OBSERVATION, FACT);

    /** Fills one table, with an index that finds the facts among the observations. */
    private static final String ONE_TABLE = """
            CREATE INDEX ON store.events (position) WHERE type <> 'O';
            INSERT INTO store.events (position, seq, recorded_at, shard, revision, type, instance_id, payload)
                SELECT seq, %3$s FROM generate_series(0, %1$d, 100) seq;
            INSERT INTO store.events (position, seq, recorded_at, shard, revision, type, instance_id, payload)
                SELECT seq, seq, now(), seq %% 16, 1, 'O', '', decode(repeat(md5(seq::text), 8), 'hex')
                FROM generate_series(0, %1$d) seq WHERE seq %% 100 <> 0""".formatted(EVENTS, OBSERVATION, FACT);

    private RetentionRows() {}

    static void fillTwoTables(Connection connection) throws SQLException {
        execute(connection, TWO_TABLES);
    }

    static void fillOneTable(Connection connection) throws SQLException {
        OneTableRows.create(connection);
        execute(connection, ONE_TABLE);
    }

    static void dropObservations(Connection connection) throws SQLException {
        execute(connection, "DROP TABLE store.observations_of_bench");
    }

    static void deleteObservations(Connection connection) throws SQLException {
        execute(connection, "DELETE FROM store.events WHERE type = 'O'");
    }

    static void vacuum(Connection connection) throws SQLException {
        execute(connection, "VACUUM store.events");
    }

    private static void execute(Connection connection, String statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
