package dev.aicore.discovery.bench.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads the sizes of the event tables. */
final class StoreSizeRows {

    private static final String BYTES = """
            SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c
            WHERE c.relnamespace = 'store'::regnamespace AND c.relkind = 'r'
              AND (c.relname = 'facts' OR c.relname = 'events' OR c.relname LIKE 'observations%')""";

    private StoreSizeRows() {}

    static long bytes(Connection connection) throws SQLException {
        return number(connection, BYTES);
    }

    static long walBytes(Connection connection) throws SQLException {
        return number(connection, "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint");
    }

    static void dropAll(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS store CASCADE");
        }
    }

    static void checkpoint(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (var select = connection.prepareStatement(query);
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
