package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads all rows of the store, and replaces or deletes damaged rows. */
final class RepairRows {

    private static final String COLUMNS = "position, seq, recorded_at, shard, revision, type, ";

    private RepairRows() {}

    /** Returns at most {@code limit} rows of a table after a position, in order of position. */
    static List<StoredEvent> page(Connection connection, String table, long after, int limit) throws SQLException {
        var columns = table.equals("facts") ? StoredEvent.COLUMNS_OF_FACTS : StoredEvent.COLUMNS;
        try (var select = connection.prepareStatement(
                "SELECT " + columns + " FROM store." + table + " WHERE position > ? ORDER BY position LIMIT ?")) {
            select.setLong(1, after);
            select.setInt(2, limit);
            var page = new ArrayList<StoredEvent>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(StoredEvent.of(rows));
                }
            }
            return page;
        }
    }

    /**
     * Returns true if some process may append at present. Locks the head row: no process can begin to append until the
     * transaction ends.
     */
    static boolean isBeingWritten(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(
                        "SELECT lease_until > clock_timestamp() FROM store.head FOR UPDATE");
                var row = select.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Copies the row unchanged to {@code store.quarantine}. */
    static void quarantine(Connection connection, CorruptRow corruptRow, String by) throws SQLException {
        var instance = corruptRow.table().equals("facts") ? "instance_id" : "NULL";
        try (var insert = connection.prepareStatement("INSERT INTO store.quarantine (source, " + COLUMNS
                + "instance_id, payload, checksum, reason, quarantined_by) SELECT ?, " + COLUMNS + instance
                + ", payload, checksum, ?, ? FROM store." + corruptRow.table() + " WHERE position = ? AND seq = ?")) {
            insert.setString(1, corruptRow.table());
            insert.setString(2, corruptRow.reason());
            insert.setString(3, by);
            insert.setLong(4, corruptRow.position());
            insert.setLong(5, corruptRow.seq());
            insert.executeUpdate();
        }
    }

    /** Replaces the event of the row by another event. */
    static void replace(Connection connection, CorruptRow corruptRow, NewEvent event) throws SQLException {
        try (var update = connection.prepareStatement("UPDATE store." + corruptRow.table()
                + " SET type = ?, revision = ?, payload = ?, checksum = ? WHERE position = ? AND seq = ?")) {
            update.setString(1, event.type());
            update.setInt(2, event.revision());
            update.setBytes(3, event.payload());
            update.setInt(4, event.checksum());
            update.setLong(5, corruptRow.position());
            update.setLong(6, corruptRow.seq());
            update.executeUpdate();
        }
    }

    /** Deletes the row of a snapshot. */
    static void delete(Connection connection, CorruptRow corruptRow) throws SQLException {
        try (var delete = connection.prepareStatement(
                "DELETE FROM store." + corruptRow.table() + " WHERE position = ? AND seq = ?")) {
            delete.setLong(1, corruptRow.position());
            delete.setLong(2, corruptRow.seq());
            delete.executeUpdate();
        }
    }
}
