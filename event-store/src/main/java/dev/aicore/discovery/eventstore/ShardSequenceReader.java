package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads the last sequence number of each shard. */
final class ShardSequenceReader {

    static final long NONE = -1;

    /** Covers both tables and the snapshot, because retention may have left only one of them. */
    private static final String LAST = """
            SELECT coalesce(greatest(
                (SELECT max(f.seq) FROM store.facts f WHERE f.shard = s.shard),
                (SELECT max(o.seq) FROM store.observations o WHERE o.shard = s.shard),
                (SELECT n.seq FROM store.snapshots n WHERE n.shard = s.shard)), -1)
            FROM (SELECT generate_series(?, ?)::smallint AS shard) s ORDER BY s.shard""";

    private ShardSequenceReader() {}

    /**
     * Returns the last number of each stream beside the shards, and then of each shard; {@link #NONE} for an empty one.
     */
    static long[] lastOfAll(Connection connection, int shards) throws SQLException {
        return last(connection, ShardPartitioner.MIN_SHARDS, shards - 1);
    }

    /** Returns the last number of one shard, or {@link #NONE}. */
    static long lastOf(Connection connection, int shard) throws SQLException {
        return last(connection, shard, shard)[0];
    }

    private static long[] last(Connection connection, int from, int to) throws SQLException {
        try (var select = connection.prepareStatement(LAST)) {
            select.setInt(1, from);
            select.setInt(2, to);
            var last = new long[to - from + 1];
            try (var rows = select.executeQuery()) {
                for (int i = 0; rows.next(); i++) {
                    last[i] = rows.getLong(1);
                }
            }
            return last;
        }
    }
}
