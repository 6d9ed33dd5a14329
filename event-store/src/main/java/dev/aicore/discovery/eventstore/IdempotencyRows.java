package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;

/** The keys that writes were done under. Their age is told by the database's clock, which has stamped them. */
final class IdempotencyRows {

    /** A key as it lies there. */
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

    /** Counts the keys of a principal, up to that number. */
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

    /** Makes room for the key, if the row that it has is over. */
    static void deleteExpired(Connection connection, IdempotencyKey key, Duration retention) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            delete.setLong(1, retention.toMillis());
            delete.setString(2, key.principal());
            delete.setString(3, key.key());
            delete.executeUpdate();
        }
    }

    /** Deletes what is over, the oldest first, at most so many; tells how many. */
    static int deleteExpired(Connection connection, Duration retention, int most) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE_SOME)) {
            delete.setLong(1, retention.toMillis());
            delete.setInt(2, most);
            return delete.executeUpdate();
        }
    }
}
