package dev.aicore.discovery.projection.processing;

import java.sql.Connection;
import java.sql.SQLException;

/** What holds for all statements of a batch. */
public final class BatchRows {

    private BatchRows() {}

    /**
     * Rows are found by index in this transaction. The driver's plans are kept for hours, also those that were made while the
     * tables were small and a scan was cheap; and history grows without end.
     */
    public static void findByIndex(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute(
                    "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
        }
    }
}
