package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

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
     *
     * @throws org.springframework.dao.DataAccessException if the database fails
     */
    static StoreUsage readUsage(JdbcClient client, ReadableSnapshots snapshots) {
        var head = head(client);
        var all = partitions(client);
        var oldest = new ArrayList<ObservationPartition>();
        for (var observationPartition : all.subList(0, Math.min(MAX_PARTITIONS, all.size()))) {
            oldest.add(
                    observationPartition.from() > head.position()
                            ? observationPartition
                            : withObservationRange(client, observationPartition, head.shards()));
        }
        return new StoreUsage(
                oldest,
                all.size(),
                all.stream().mapToLong(ObservationPartition::bytes).sum(),
                snapshots(client, snapshots),
                checkpoints(client, head.shards()),
                projections(client),
                head.position(),
                floor(client),
                head.now());
    }

    /** Reads the head of the store, and the time of the clock that stamps its events. */
    private static Head head(JdbcClient client) {
        return client.sql("SELECT position, shards, clock_timestamp() FROM store.head")
                .query((row, _) -> new Head(
                        row.getLong(1),
                        row.getInt(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .single();
    }

    private static List<ObservationPartition> partitions(JdbcClient client) {
        return client.sql("""
                        SELECT c.relname, pg_total_relation_size(c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'store.observations'::regclass""").query((row, _) -> partition(row.getString(1), row.getLong(2))).list().stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(ObservationPartition::from))
                .toList();
    }

    private static Optional<ObservationPartition> partition(String table, long bytes) {
        var name = NAME.matcher(table);
        return name.matches()
                ? Optional.of(new ObservationPartition(
                        name.group(),
                        Long.parseLong(name.group(1)),
                        Long.parseLong(name.group(2)),
                        bytes,
                        null,
                        null,
                        Map.of()))
                : Optional.empty();
    }

    /** Returns the partition with the times and positions of its observations. */
    private static ObservationPartition withObservationRange(
            JdbcClient client, ObservationPartition observationPartition, int shards) {
        var table = "store." + observationPartition.table();
        var lastOf = new HashMap<Integer, Long>();
        client.sql("SELECT s.shard, o.position FROM generate_series(?, ?) s(shard),"
                        + " LATERAL (SELECT position FROM " + table + " WHERE shard = s.shard::smallint"
                        + " ORDER BY seq DESC LIMIT 1) o")
                .params(ShardPartitioner.MIN_SHARDS, shards - 1)
                .query(row -> {
                    lastOf.put(row.getInt(1), row.getLong(2));
                });
        return client.sql("SELECT (SELECT recorded_at FROM " + table
                        + " ORDER BY position LIMIT 1), (SELECT recorded_at FROM " + table
                        + " ORDER BY position DESC LIMIT 1)")
                .query((row, _) -> new ObservationPartition(
                        observationPartition.table(),
                        observationPartition.from(),
                        observationPartition.to(),
                        observationPartition.bytes(),
                        instant(row, 1),
                        instant(row, 2),
                        lastOf))
                .single();
    }

    private static Map<Integer, Long> snapshots(JdbcClient client, ReadableSnapshots readable) {
        var positions = new HashMap<Integer, Long>();
        client.sql("SELECT shard, position, type, revision FROM store.snapshots")
                .query(row -> {
                    if (readable.reads(row.getString(3), row.getInt(4))) {
                        positions.put(row.getInt(1), row.getLong(2));
                    }
                });
        return positions;
    }

    /**
     * Returns the position of the first chunk of each shard's last checkpoint. All chunks of a checkpoint are appended
     * together, so the position of the first follows from the last.
     */
    private static Map<Integer, Long> checkpoints(JdbcClient client, int shards) {
        var positions = new HashMap<Integer, Long>();
        client.sql("""
                        SELECT s.shard, o.position, o.payload FROM generate_series(0, ?) s(shard),
                        LATERAL (SELECT position, payload FROM store.observations
                                 WHERE shard = s.shard::smallint AND type = 'ShardCheckpointed'
                                 ORDER BY position DESC LIMIT 1) o""").param(shards - 1).query(row -> {
            int shard = row.getInt(1);
            long position = row.getLong(2);
            chunk(shard, position, row.getBytes(3)).ifPresent(chunk -> positions.put(shard, position - chunk));
        });
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

    private static Map<String, Long> projections(JdbcClient client) {
        var positions = new HashMap<String, Long>();
        positions.put(OBSERVATION_PROJECTION, 0L);
        client.sql("SELECT projection, position FROM " + ModelTable.WATERMARKS).query(row -> {
            positions.put(row.getString(1), row.getLong(2));
        });
        return positions;
    }

    private static long floor(JdbcClient client) {
        return client.sql("SELECT coalesce(max(to_position), 0) FROM store.compactions")
                .query(Long.class)
                .single();
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
