package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads one shard: its events from both tables in the order of their sequence, and its snapshot. */
final class ShardEventReader {

    /**
     * Ends only where there is nothing more. The position narrows it to few partitions: it is that of a snapshot, or of the page
     * before, and a shard's positions rise with its sequence.
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
     * All events from that number on, read page by page as the stream is consumed.
     *
     * @throws HistoryCompactedException on meeting a gap, also if nothing at all is left of what there was
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

    /** Returns the snapshots that there are, the newest first, each of which is read once it is asked for. */
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

    /** Position of the last snapshot that lies before that number, else 0: events from there on lie beyond it. */
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
