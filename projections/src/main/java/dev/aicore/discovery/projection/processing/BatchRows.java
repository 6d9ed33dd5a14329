package dev.aicore.discovery.projection.processing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Configures the transactions of batches. */
public final class BatchRows {

    private BatchRows() {}

    /**
     * Makes PostgreSQL find rows by index in this transaction. The driver caches plans for hours, including those that
     * were made while tables were small and a scan was cheap; the tables of history grow without bound.
     */
    public static void findByIndex(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute(
                    "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
        }
    }

    /**
     * Makes PostgreSQL end this transaction, and its connection, if it stands still for a time. The locks of a paused
     * process would keep the node that has taken over from writing the same rows.
     */
    public static void limitPause(Connection connection, Duration max) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute("SET LOCAL idle_in_transaction_session_timeout = " + max.toMillis());
        }
    }
}
