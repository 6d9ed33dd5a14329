package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads which observations retention has dropped. */
final class CompactionRows {

    private CompactionRows() {}

    /** Returns the position from which on no observation was dropped; 0 if none ever was. */
    static long floor(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT coalesce(max(to_position), 0) FROM store.compactions");
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
