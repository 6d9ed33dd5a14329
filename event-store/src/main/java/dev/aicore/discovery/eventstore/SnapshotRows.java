package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.SQLException;

/** Stores the newest snapshot of each shard, and the previous one. */
final class SnapshotRows {

    /**
     * Statement that stores a snapshot only if its last event is durable: the position is looked up by the sequence
     * number of that event.
     */
    private static final String STORE = """
            WITH previous AS (
                INSERT INTO store.previous_snapshots AS kept
                    (shard, seq, position, recorded_at, type, revision, payload, checksum)
                SELECT shard, seq, position, recorded_at, type, revision, payload, checksum
                FROM store.snapshots WHERE shard = ? AND seq < ?
                ON CONFLICT (shard) DO UPDATE
                SET seq = excluded.seq, position = excluded.position, recorded_at = excluded.recorded_at, type = excluded.type,
                    revision = excluded.revision, payload = excluded.payload, checksum = excluded.checksum
                WHERE kept.seq < excluded.seq)
            INSERT INTO store.snapshots (shard, seq, position, recorded_at, type, revision, payload, checksum)
            SELECT e.shard, e.seq, e.position, e.recorded_at, ?, ?, ?, ?
            FROM (SELECT shard, seq, position, recorded_at FROM store.facts WHERE shard = ? AND seq = ?
                  UNION ALL
                  SELECT shard, seq, position, recorded_at FROM store.observations WHERE shard = ? AND seq = ?) e
            ON CONFLICT (shard) DO UPDATE
            SET seq = excluded.seq, position = excluded.position, recorded_at = excluded.recorded_at,
                type = excluded.type, revision = excluded.revision, payload = excluded.payload,
                checksum = excluded.checksum
            WHERE snapshots.seq < excluded.seq OR snapshots.revision <> excluded.revision""";

    private SnapshotRows() {}

    /**
     * Stores the snapshot, unless the store doesn't have its last event, or has a snapshot of the same revision that is
     * as new or newer.
     */
    static void store(Connection connection, int shard, long seq, String type, int revision, byte[] payload)
            throws SQLException {
        try (var upsert = connection.prepareStatement(STORE)) {
            upsert.setInt(1, shard);
            upsert.setLong(2, seq);
            upsert.setString(3, type);
            upsert.setInt(4, revision);
            upsert.setBytes(5, payload);
            upsert.setInt(6, EventChecksum.of(shard, seq, revision, type, null, payload));
            for (int table = 0; table < 2; table++) {
                upsert.setInt(7 + table * 2, shard);
                upsert.setLong(8 + table * 2, seq);
            }
            upsert.executeUpdate();
        }
    }
}
