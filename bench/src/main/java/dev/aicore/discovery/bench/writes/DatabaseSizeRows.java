package dev.aicore.discovery.bench.writes;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads the sizes of a database. */
final class DatabaseSizeRows {

    private static final String TABLES = """
            SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'""";

    private static final String WAL = "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint";

    private static final String HAS_EVENTS = "SELECT count(to_regclass('store.head'))";

    private static final String EVENTS = "SELECT position FROM store.head";

    private DatabaseSizeRows() {}

    /** Returns the bytes of all tables with their indexes. */
    static long tableBytes(Connection connection) throws SQLException {
        return number(connection, TABLES);
    }

    /** Returns the bytes of all write-ahead log written so far. */
    static long walBytes(Connection connection) throws SQLException {
        return number(connection, WAL);
    }

    /** Returns the number of events appended so far; 0 if there is no event store. */
    static long events(Connection connection) throws SQLException {
        return number(connection, HAS_EVENTS) == 0 ? 0 : number(connection, EVENTS);
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (var select = connection.prepareStatement(query);
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
