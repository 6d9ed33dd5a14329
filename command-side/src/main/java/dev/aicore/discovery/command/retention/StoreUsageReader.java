package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the state of the store that decides which partitions can be dropped. Reads rows by index, so that the cost does
 * not depend on their number.
 */
final class StoreUsageReader {

    private static final Logger LOG = LoggerFactory.getLogger(StoreUsageReader.class);

    /**
     * Returns true if this process can read a snapshot of a type and revision. An unreadable snapshot counts as
     * missing.
     */
    @FunctionalInterface
    interface ReadableSnapshots {
        boolean reads(String type, int revision);
    }

    /**
     * Maximum number of partitions that are read, from the oldest on. Later ones are read when those have been dropped.
     */
    private static final int MAX_PARTITIONS = 1_000;

    private static final Pattern NAME = Pattern.compile("observations_(\\d+)_(\\d+)");

    /** Projection that folds observations. It has no watermark before its first run. */
    private static final String OBSERVATION_PROJECTION = "last_seen";

    private record Head(long position, int shards, Instant now) {}

    private StoreUsageReader() {}

    /**
     * Reads the state in several statements. Events between them can only permit more partitions to be dropped, never
     * fewer.
     */
    static StoreUsage readUsage(Connection connection, ReadableSnapshots snapshots) throws SQLException {
        var head = head(connection);
        var all = partitions(connection);
        var oldest = new ArrayList<ObservationPartition>();
        for (var observationPartition : all.subList(0, Math.min(MAX_PARTITIONS, all.size()))) {
            oldest.add(
                    observationPartition.from() > head.position()
                            ? observationPartition
                            : withObservationRange(connection, observationPartition, head.shards()));
        }
        return new StoreUsage(
                oldest,
                all.size(),
                all.stream().mapToLong(ObservationPartition::bytes).sum(),
                snapshots(connection, snapshots),
                checkpoints(connection, head.shards()),
                projections(connection),
                head.position(),
                floor(connection),
                head.now());
    }

    /** Reads the head of the store, and the time of the clock that stamps its events. */
    private static Head head(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT position, shards, clock_timestamp() FROM store.head");
                var row = select.executeQuery()) {
            row.next();
            var now = row.getObject(3, OffsetDateTime.class).toInstant();
            return new Head(row.getLong(1), row.getInt(2), now);
        }
    }

    private static List<ObservationPartition> partitions(Connection connection) throws SQLException {
        var partitions = new ArrayList<ObservationPartition>();
        try (var select = connection.prepareStatement("""
                        SELECT c.relname, pg_total_relation_size(c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'store.observations'::regclass""");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                var name = NAME.matcher(rows.getString(1));
                if (name.matches()) {
                    partitions.add(new ObservationPartition(
                            name.group(),
                            Long.parseLong(name.group(1)),
                            Long.parseLong(name.group(2)),
                            rows.getLong(2),
                            null,
                            null,
                            Map.of()));
                }
            }
        }
        partitions.sort(Comparator.comparingLong(ObservationPartition::from));
        return partitions;
    }

    /** Returns the partition with the times and positions of its observations. */
    private static ObservationPartition withObservationRange(
            Connection connection, ObservationPartition observationPartition, int shards) throws SQLException {
        var table = "store." + observationPartition.table();
        var lastOf = new HashMap<Integer, Long>();
        try (var select = connection.prepareStatement("SELECT s.shard, o.position FROM generate_series(?, ?) s(shard),"
                + " LATERAL (SELECT position FROM " + table + " WHERE shard = s.shard::smallint"
                + " ORDER BY seq DESC LIMIT 1) o")) {
            select.setInt(1, ShardPartitioner.MIN_SHARDS);
            select.setInt(2, shards - 1);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    lastOf.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        try (var select = connection.prepareStatement("SELECT (SELECT recorded_at FROM " + table
                        + " ORDER BY position LIMIT 1), (SELECT recorded_at FROM " + table
                        + " ORDER BY position DESC LIMIT 1)");
                var row = select.executeQuery()) {
            row.next();
            return new ObservationPartition(
                    observationPartition.table(),
                    observationPartition.from(),
                    observationPartition.to(),
                    observationPartition.bytes(),
                    instant(row, 1),
                    instant(row, 2),
                    lastOf);
        }
    }

    private static Map<Integer, Long> snapshots(Connection connection, ReadableSnapshots readable) throws SQLException {
        var positions = new HashMap<Integer, Long>();
        try (var select = connection.prepareStatement("SELECT shard, position, type, revision FROM store.snapshots");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                if (readable.reads(rows.getString(3), rows.getInt(4))) {
                    positions.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        return positions;
    }

    /**
     * Returns the position of the first chunk of each shard's last checkpoint. All chunks of a checkpoint are appended
     * together, so the position of the first follows from the last.
     */
    private static Map<Integer, Long> checkpoints(Connection connection, int shards) throws SQLException {
        var positions = new HashMap<Integer, Long>();
        try (var select = connection.prepareStatement("""
                SELECT s.shard, o.position, o.payload FROM generate_series(0, ?) s(shard),
                LATERAL (SELECT position, payload FROM store.observations
                         WHERE shard = s.shard::smallint AND type = 'ShardCheckpointed'
                         ORDER BY position DESC LIMIT 1) o""")) {
            select.setInt(1, shards - 1);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    int shard = rows.getInt(1);
                    long position = rows.getLong(2);
                    chunk(shard, position, rows.getBytes(3)).ifPresent(chunk -> positions.put(shard, position - chunk));
                }
            }
        }
        return positions;
    }

    /**
     * Returns the number of a chunk within its checkpoint; empty if it can't be read. Then the shard records another
     * checkpoint, and other shards don't wait.
     */
    private static OptionalInt chunk(int shard, long position, byte[] payload) {
        try {
            return OptionalInt.of(new ShardCheckpointed(payload).contents().chunk());
        } catch (RuntimeException damaged) {
            LOG.warn(
                    "The checkpoint of {} at position {} is unreadable and is ignored: {}",
                    ShardPartitioner.name(shard),
                    position,
                    damaged.toString());
            return OptionalInt.empty();
        }
    }

    private static Map<String, Long> projections(Connection connection) throws SQLException {
        var positions = new HashMap<String, Long>();
        positions.put(OBSERVATION_PROJECTION, 0L);
        try (var select = connection.prepareStatement("SELECT projection, position FROM " + ModelTable.WATERMARKS);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                positions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return positions;
    }

    private static long floor(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT coalesce(max(to_position), 0) FROM store.compactions");
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
