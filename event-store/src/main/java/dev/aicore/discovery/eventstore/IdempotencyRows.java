package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads and deletes the idempotency keys of writes. Their age is computed by the database's clock, which also set their
 * recording times.
 */
final class IdempotencyRows {

    /** Stored key, and true if its retention is over. */
    record LookupResult(IdempotencyRecord stored, boolean expired) {}

    private static final String EXPIRED = "recorded_at <= clock_timestamp() - ? * interval '1 ms'";

    private static final String FIND = "SELECT request_hash, position, outcome, recorded_at, " + EXPIRED
            + " FROM store.idempotency WHERE principal = ? AND key = ?";

    private static final String COUNT =
            "SELECT count(*) FROM (SELECT 1 FROM store.idempotency WHERE principal = ? LIMIT ?) AS counted";

    private static final String DELETE =
            "DELETE FROM store.idempotency WHERE " + EXPIRED + " AND principal = ? AND key = ?";

    private static final String DELETE_SOME = "DELETE FROM store.idempotency WHERE ctid = ANY(ARRAY(SELECT ctid"
            + " FROM store.idempotency WHERE " + EXPIRED + " ORDER BY recorded_at LIMIT ?))";

    private IdempotencyRows() {}

    static Optional<LookupResult> find(Connection connection, IdempotencyKey key, Duration retention)
            throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            select.setLong(1, retention.toMillis());
            select.setString(2, key.principal());
            select.setString(3, key.key());
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var hash = HexFormat.of().formatHex(row.getBytes(1));
                var recordedAt = row.getObject(4, OffsetDateTime.class).toInstant();
                var stored = new IdempotencyRecord(hash, row.getLong(2), row.getString(3), recordedAt);
                return Optional.of(new LookupResult(stored, row.getBoolean(5)));
            }
        }
    }

    /** Counts the keys of a principal, up to {@code max}. */
    static int count(Connection connection, String principal, int max) throws SQLException {
        try (var select = connection.prepareStatement(COUNT)) {
            select.setString(1, principal);
            select.setInt(2, max);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Deletes the key's row if it has expired. */
    static void deleteExpired(Connection connection, IdempotencyKey key, Duration retention) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            delete.setLong(1, retention.toMillis());
            delete.setString(2, key.principal());
            delete.setString(3, key.key());
            delete.executeUpdate();
        }
    }

    /** Deletes at most {@code most} expired rows, the oldest first. Returns the number of deleted rows. */
    static int deleteExpired(Connection connection, Duration retention, int max) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE_SOME)) {
            delete.setLong(1, retention.toMillis());
            delete.setInt(2, max);
            return delete.executeUpdate();
        }
    }
}
