package dev.aicore.discovery.config.eventstore;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads events in the order of their positions. One statement sees one moment, so nothing before its last row is missing. */
final class PositionReader {

    private static final String FACTS =
            "SELECT " + StoredEntry.COLUMNS + " FROM store.facts WHERE position > ? ORDER BY position LIMIT ?";

    private static final String ALL = """
            (SELECT %1$s FROM store.facts WHERE position > ? ORDER BY position LIMIT ?)
            UNION ALL
            (SELECT %1$s FROM store.observations WHERE position > ? ORDER BY position LIMIT ?)
            ORDER BY position LIMIT ?""".formatted(StoredEntry.COLUMNS);

    private static final String OF_SHARD =
            "SELECT " + StoredEntry.COLUMNS + " FROM store.facts WHERE shard = ? AND seq >= ? ORDER BY seq LIMIT ?";

    private final Reads reads;

    PositionReader(DataSource pool) {
        this.reads = new Reads(pool);
    }

    /** At most {@code limit} facts beyond the position. */
    List<StoredEntry> facts(long after, int limit) {
        return read(FACTS, after, limit);
    }

    /** At most {@code limit} facts and observations beyond the position. */
    List<StoredEntry> all(long after, int limit) {
        return read(ALL, after, limit, after, limit, limit);
    }

    /** At most {@code limit} facts of a shard from that number on. */
    List<StoredEntry> ofShard(int shard, long fromSeq, int limit) {
        return read(OF_SHARD, shard, fromSeq, limit);
    }

    private List<StoredEntry> read(String sql, long... parameters) {
        return reads.read(connection -> {
            try (var select = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    select.setLong(i + 1, parameters[i]);
                }
                return rows(select);
            }
        });
    }

    private static List<StoredEntry> rows(PreparedStatement select) throws SQLException {
        var events = new ArrayList<StoredEntry>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                events.add(StoredEntry.of(rows));
            }
        }
        return events;
    }
}
