package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.SQLException;

/** What of the observations was dropped. */
final class CompactionRows {

    private CompactionRows() {}

    /** The position from which on nothing was dropped; 0 if nothing ever was. */
    static long floor(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT coalesce(max(to_position), 0) FROM store.compactions");
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
