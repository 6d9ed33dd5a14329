package dev.aicore.discovery.projection.rebuild;

import java.sql.Connection;
import java.sql.SQLException;

/** Who is at a task, and how far the store is. */
final class RebuildLockRows {

    private static final String KEY = "hashtextextended('service-discovery rebuild', 0)";

    private RebuildLockRows() {}

    /** For as long as the connection lives, or until it is given back. */
    static boolean tryLock(Connection connection) throws SQLException {
        return isTrue(connection, "SELECT pg_try_advisory_lock(" + KEY + ")");
    }

    static void unlock(Connection connection) throws SQLException {
        var _ = isTrue(connection, "SELECT pg_advisory_unlock(" + KEY + ")");
    }

    /** Position of the store's last fact; 0 if there is none. */
    static long lastFact(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT coalesce(max(position), 0) FROM store.facts");
                var rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static boolean isTrue(Connection connection, String question) throws SQLException {
        try (var select = connection.prepareStatement(question);
                var rows = select.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
