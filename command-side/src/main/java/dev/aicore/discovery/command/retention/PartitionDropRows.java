package dev.aicore.discovery.command.retention;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** Copies and drops partitions in the database. */
final class PartitionDropRows {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private PartitionDropRows() {}

    static long count(Connection connection, ObservationPartition observationPartition) throws SQLException {
        try (var select = connection.prepareStatement("SELECT count(*) FROM store." + observationPartition.table());
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Writes all rows in PostgreSQL's binary format, and returns their number. */
    static long copy(Connection connection, ObservationPartition observationPartition, OutputStream out)
            throws SQLException, IOException {
        return new CopyManager(connection.unwrap(BaseConnection.class))
                .copyOut("COPY store." + observationPartition.table() + " TO STDOUT (FORMAT binary)", out);
    }

    /**
     * Drops a partition and records the drop in one transaction.
     *
     * @param archive file that contains the rows; null without archive
     * @throws SQLException if the partition is in use for too long, see {@link #isBusy}, or the database fails
     */
    static void drop(
            Connection connection, ObservationPartition observationPartition, long rows, @Nullable String archive)
            throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            // Appends wait behind this lock while it waits for readers.
            statement.execute("SET LOCAL lock_timeout = '1s'");
            statement.execute("DROP TABLE store." + observationPartition.table());
            recordDrop(connection, observationPartition, rows, archive);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Returns true if the lock was not acquired in time, because the partition was being read. */
    static boolean isBusy(SQLException failure) {
        return LOCK_NOT_AVAILABLE.equals(failure.getSQLState());
    }

    private static void recordDrop(
            Connection connection, ObservationPartition observationPartition, long rows, @Nullable String archive)
            throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO store.compactions
                    (from_position, to_position, recorded_from, recorded_to, rows, bytes, archive, dropped_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, clock_timestamp())""")) {
            insert.setLong(1, observationPartition.from());
            insert.setLong(2, observationPartition.to());
            insert.setObject(3, utc(observationPartition.first()));
            insert.setObject(4, utc(observationPartition.last()));
            insert.setLong(5, rows);
            insert.setLong(6, observationPartition.bytes());
            insert.setString(7, archive);
            insert.executeUpdate();
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
