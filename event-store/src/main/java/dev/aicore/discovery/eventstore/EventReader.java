package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads events in the order of their positions. One statement sees the store at one moment, so no event before its last
 * row is missing.
 */
final class EventReader {

    private static final String FACTS = BoundedPageRows.bounded(
            "SELECT " + StoredEvent.COLUMNS_OF_FACTS + " FROM store.facts WHERE position > ? ORDER BY position LIMIT ?",
            "position");

    private static final String ALL =
            BoundedPageRows.bounded("""
            (SELECT %2$s FROM store.facts WHERE position > ? ORDER BY position LIMIT ?)
            UNION ALL
            (SELECT %1$s FROM store.observations WHERE position > ? ORDER BY position LIMIT ?)
            ORDER BY position LIMIT ?""".formatted(StoredEvent.COLUMNS, StoredEvent.COLUMNS_OF_FACTS), "position");

    private static final String OF_SHARD = BoundedPageRows.bounded(
            "SELECT " + StoredEvent.COLUMNS_OF_FACTS
                    + " FROM store.facts WHERE shard = ? AND seq >= ? ORDER BY seq LIMIT ?",
            "seq");

    private final JdbcQueryRunner jdbcQueryRunner;

    EventReader(JdbcQueryRunner jdbcQueryRunner) {
        this.jdbcQueryRunner = jdbcQueryRunner;
    }

    /** Returns at most {@code limit} facts after a position; fewer if they are {@link BoundedPageRows#isFull large}. */
    List<StoredEvent> facts(long after, int limit) {
        return read(FACTS, after, limit);
    }

    /** Returns facts like {@link #facts(long, int)}, read on the given connection. */
    static List<StoredEvent> facts(Connection connection, long after, int limit) throws SQLException {
        return read(connection, FACTS, after, limit);
    }

    /**
     * Returns at most {@code limit} facts and observations after a position; fewer if they are large.
     *
     * @throws HistoryCompactedException if retention has dropped some of them
     */
    List<StoredEvent> all(long after, int limit) {
        return jdbcQueryRunner.read(connection -> {
            var events = read(connection, ALL, after, limit, after, limit, limit);
            // Read last, to notice observations that were dropped while the page was read.
            long floor = CompactionRows.floor(connection);
            if (after < floor - 1) {
                throw new HistoryCompactedException(after, floor);
            }
            return events;
        });
    }

    /** Returns at most {@code limit} facts of a shard, from a sequence number on. */
    List<StoredEvent> ofShard(int shard, long fromSeq, int limit) {
        return read(OF_SHARD, shard, fromSeq, limit);
    }

    private List<StoredEvent> read(String sql, long... parameters) {
        return jdbcQueryRunner.read(connection -> read(connection, sql, parameters));
    }

    private static List<StoredEvent> read(Connection connection, String sql, long... parameters) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setLong(i + 1, parameters[i]);
            }
            return rows(select);
        }
    }

    private static List<StoredEvent> rows(PreparedStatement select) throws SQLException {
        var events = new ArrayList<StoredEvent>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                events.add(StoredEvent.of(rows));
            }
        }
        return events;
    }
}
