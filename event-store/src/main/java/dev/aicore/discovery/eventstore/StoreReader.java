package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the head of the store, and positions and ages by recording time. Blocks. */
public final class StoreReader {

    /**
     * One statement, which sees the store at one moment: no fact can be appended between the reads of the two
     * positions.
     */
    private static final String HEAD = """
            SELECT position, (SELECT coalesce(max(f.position), 0) FROM store.facts f), recorded_at, incarnation, shards, epoch
            FROM store.head""";

    private static final String FIRST_FROM = """
            (SELECT position, recorded_at FROM store.facts WHERE position >= ? ORDER BY position LIMIT 1)
            UNION ALL
            (SELECT position, recorded_at FROM store.observations WHERE position >= ? ORDER BY position LIMIT 1)
            ORDER BY position LIMIT 1""";

    private static final String AGE = """
            SELECT greatest((extract(epoch FROM clock_timestamp() - recorded_at) * 1000)::bigint, 0) FROM (%s) first""".formatted(FIRST_FROM);

    private record Entry(long position, Instant recordedAt) {}

    private final JdbcQueryRunner jdbcQueryRunner;

    public StoreReader(JdbcQueryRunner jdbcQueryRunner) {
        this.jdbcQueryRunner = jdbcQueryRunner;
    }

    /**
     * Returns the head of the store.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public StoreHead head() {
        return jdbcQueryRunner.read(StoreReader::head);
    }

    /**
     * Returns the last position that was recorded at or before a time; 0 if there is none. Recording times never go
     * back, even if clocks do.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public long positionAt(Instant time) {
        return jdbcQueryRunner.read(connection -> {
            long low = 0;
            long high = head(connection).position();
            while (low < high) {
                long middle = low + (high - low + 1) / 2;
                var entry = firstFrom(connection, middle);
                // Retention leaves gaps: the first event from the middle on may lie beyond the middle.
                if (entry == null || entry.recordedAt().isAfter(time)) {
                    high = middle - 1;
                } else {
                    low = entry.position();
                }
            }
            return low;
        });
    }

    /**
     * Returns the age, by the database's clock, of the first event after a position; zero if there is none.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public Duration ageAfter(long position) {
        return jdbcQueryRunner.read(connection -> {
            try (var select = firstFrom(connection, AGE, position + 1);
                    var row = select.executeQuery()) {
                return row.next() ? Duration.ofMillis(row.getLong(1)) : Duration.ZERO;
            }
        });
    }

    /**
     * Returns the position from which on no observation was dropped; 0 if none ever was.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public long floor() {
        return jdbcQueryRunner.read(CompactionRows::floor);
    }

    private static StoreHead head(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(HEAD);
                var row = select.executeQuery()) {
            row.next();
            return new StoreHead(
                    row.getLong(1),
                    row.getLong(2),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    row.getObject(4, UUID.class),
                    row.getInt(5),
                    row.getLong(6));
        }
    }

    private static @Nullable Entry firstFrom(Connection connection, long position) throws SQLException {
        try (var select = firstFrom(connection, FIRST_FROM, position);
                var row = select.executeQuery()) {
            return row.next()
                    ? new Entry(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant())
                    : null;
        }
    }

    private static PreparedStatement firstFrom(Connection connection, String sql, long position) throws SQLException {
        var select = connection.prepareStatement(sql);
        select.setLong(1, position);
        select.setLong(2, position);
        return select;
    }

    /**
     * State of the store at one moment.
     *
     * @param position position of the last event; 0 if there is none
     * @param lastFact position of the last fact; 0 if there is none. A read model that has folded this fact reflects
     *     {@code position}
     * @param recordedAt recording time of the last event; the Unix epoch if there is none
     * @param incarnation id of this store; the positions of another store are unrelated
     * @param shards number of shards, fixed when the store was created
     * @param epoch number of claims of the store by writers
     */
    public record StoreHead(
            long position, long lastFact, Instant recordedAt, UUID incarnation, int shards, long epoch) {}
}
