package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads one shard: its events from both tables in the order of their sequence numbers, and its snapshots. */
final class ShardEventReader {

    /**
     * Query of a page of events; a page that isn't full is the last one. The position narrows the search to few
     * partitions: it is the position of a snapshot, or of the end of the previous page, and the positions of a shard
     * rise with its sequence numbers.
     */
    private static final String PAGE =
            BoundedPageRows.bounded("""
            SELECT %2$s FROM store.facts WHERE shard = ? AND seq >= ? AND position > ?
            UNION ALL
            SELECT %1$s FROM store.observations WHERE shard = ? AND seq >= ? AND position > ?
            ORDER BY seq LIMIT ?""".formatted(StoredEvent.COLUMNS, StoredEvent.COLUMNS_OF_FACTS), "seq");

    private static final String SNAPSHOT = """
            SELECT %1$s FROM store.snapshots WHERE shard = ?
            UNION ALL
            SELECT %1$s FROM store.previous_snapshots WHERE shard = ?
            ORDER BY seq DESC LIMIT 1 OFFSET ?""".formatted(StoredEvent.COLUMNS);

    private static final int MAX_SNAPSHOTS = 2;

    private static final String SNAPSHOT_POSITION = """
            SELECT coalesce(max(position), 0) FROM (
                SELECT position FROM store.snapshots WHERE shard = ? AND seq < ?
                UNION ALL
                SELECT position FROM store.previous_snapshots WHERE shard = ? AND seq < ?) older""";

    private final JdbcQueryRunner jdbcQueryRunner;
    private final int pageSize;

    ShardEventReader(JdbcQueryRunner jdbcQueryRunner, int pageSize) {
        this.jdbcQueryRunner = jdbcQueryRunner;
        this.pageSize = pageSize;
    }

    /**
     * Returns all events from a sequence number on. Pages are read as the stream is consumed.
     *
     * @throws HistoryCompactedException while the stream is read, at a gap, or if none of the appended events is left
     */
    Stream<StoredEvent> events(int shard, long firstSeq) {
        return new ShardPageReader(this, shard, firstSeq).stream();
    }

    List<StoredEvent> page(int shard, long fromSeq, long afterPosition) {
        return jdbcQueryRunner.read(connection -> page(connection, shard, fromSeq, afterPosition));
    }

    int pageSize() {
        return pageSize;
    }

    /** Returns the existing snapshots, the newest first. Each is read when the stream reaches it. */
    Stream<StoredEvent> snapshots(int shard) {
        return IntStream.range(0, MAX_SNAPSHOTS).boxed().flatMap(newer -> snapshot(shard, newer).stream());
    }

    private List<StoredEvent> snapshot(int shard, int newer) {
        return jdbcQueryRunner.read(connection -> {
            try (var select = connection.prepareStatement(SNAPSHOT)) {
                select.setInt(1, shard);
                select.setInt(2, shard);
                select.setInt(3, newer);
                return all(select);
            }
        });
    }

    /**
     * Returns the position of the last snapshot before a sequence number, else 0. Events from that number on have
     * higher positions.
     */
    long positionBefore(int shard, long seq) {
        return jdbcQueryRunner.read(connection -> {
            try (var select = connection.prepareStatement(SNAPSHOT_POSITION)) {
                for (int table = 0; table < 2; table++) {
                    select.setInt(table * 2 + 1, shard);
                    select.setLong(table * 2 + 2, seq);
                }
                try (var row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    OptionalLong lastSeq(int shard) {
        long last = jdbcQueryRunner.read(connection -> ShardSequenceReader.lastOf(connection, shard));
        return last == ShardSequenceReader.NONE ? OptionalLong.empty() : OptionalLong.of(last);
    }

    private List<StoredEvent> page(Connection connection, int shard, long fromSeq, long afterPosition)
            throws SQLException {
        try (var select = connection.prepareStatement(PAGE)) {
            for (int table = 0; table < 2; table++) {
                select.setInt(table * 3 + 1, shard);
                select.setLong(table * 3 + 2, fromSeq);
                select.setLong(table * 3 + 3, afterPosition);
            }
            select.setInt(7, pageSize);
            return all(select);
        }
    }

    private static List<StoredEvent> all(PreparedStatement select) throws SQLException {
        var all = new ArrayList<StoredEvent>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(StoredEvent.of(rows));
            }
        }
        return all;
    }
}
