package dev.aicore.discovery.projection.rebuild;

import java.sql.Connection;
import java.sql.SQLException;

/** Holds the lock of rebuild tasks, and reads the end of the store. */
final class RebuildLockRows {

    private static final String KEY = "hashtextextended('service-discovery rebuild', 0)";

    private RebuildLockRows() {}

    /** Acquires the lock for the lifetime of the connection or until {@link #unlock}; returns false if it is taken. */
    static boolean tryLock(Connection connection) throws SQLException {
        return isTrue(connection, "SELECT pg_try_advisory_lock(" + KEY + ")");
    }

    static void unlock(Connection connection) throws SQLException {
        var _ = isTrue(connection, "SELECT pg_advisory_unlock(" + KEY + ")");
    }

    /** Returns the position of the store's last fact; 0 if there is none. */
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
