package dev.aicore.discovery.projection.processing;

import java.sql.Connection;
import java.sql.SQLException;

/** Updates the claims of the tokens of a processor. */
final class TokenRows {

    private TokenRows() {}

    /**
     * Releases the segments of a processor, whichever process holds them. A process that still holds one can't store
     * its token
     * after another process has claimed the segment; the transaction of its rows is rolled back.
     */
    static void release(Connection connection, String processor) throws SQLException {
        try (var update =
                connection.prepareStatement("UPDATE store.tokens SET owner = NULL WHERE processor_name = ?")) {
            update.setString(1, processor);
            update.executeUpdate();
        }
    }
}
