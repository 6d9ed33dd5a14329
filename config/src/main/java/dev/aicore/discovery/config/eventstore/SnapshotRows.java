package dev.aicore.discovery.config.eventstore;

import java.sql.Connection;
import java.sql.SQLException;

/** The newest snapshot of each shard. */
final class SnapshotRows {

    /** Only what is durable can be snapshot: the position is looked up by the number of the last event it contains. */
    private static final String STORE = """
            INSERT INTO store.snapshots (shard, seq, position, recorded_at, type, revision, payload)
            SELECT e.shard, e.seq, e.position, e.recorded_at, ?, ?, ?
            FROM (SELECT shard, seq, position, recorded_at FROM store.facts WHERE shard = ? AND seq = ?
                  UNION ALL
                  SELECT shard, seq, position, recorded_at FROM store.observations WHERE shard = ? AND seq = ?) e
            ON CONFLICT (shard) DO UPDATE
            SET seq = excluded.seq, position = excluded.position, recorded_at = excluded.recorded_at,
                type = excluded.type, revision = excluded.revision, payload = excluded.payload
            WHERE snapshots.seq < excluded.seq OR snapshots.revision <> excluded.revision""";

    private SnapshotRows() {}

    /** Keeps the snapshot unless a newer one is there, or its last event isn't. */
    static void store(Connection connection, int shard, long seq, String type, int revision, byte[] payload)
            throws SQLException {
        try (var upsert = connection.prepareStatement(STORE)) {
            upsert.setString(1, type);
            upsert.setInt(2, revision);
            upsert.setBytes(3, payload);
            for (int table = 0; table < 2; table++) {
                upsert.setInt(4 + table * 2, shard);
                upsert.setLong(5 + table * 2, seq);
            }
            upsert.executeUpdate();
        }
    }
}
