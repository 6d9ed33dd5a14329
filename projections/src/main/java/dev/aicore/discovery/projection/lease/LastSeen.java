package dev.aicore.discovery.projection.lease;

import dev.aicore.discovery.api.BinaryEvent;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.eventstore.StoreReader.StoreHead;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import dev.aicore.discovery.projection.lease.ObservationEventReader.ObservationRow;
import dev.aicore.discovery.projection.lease.SlotResults.SlotResult;
import dev.aicore.discovery.projection.lease.SlotTimes.SlotTime;
import dev.aicore.discovery.projection.processing.BatchRows;
import dev.aicore.discovery.projection.processing.WatermarkRows;
import dev.aicore.discovery.projection.processing.WatermarkTracker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores periodically, per slot, the time of the last heartbeat, the last reported number of connections and the last
 * check result. Observations are folded in memory to one row per slot. A run therefore writes one row for each instance
 * observed since the run before, however often it was observed.
 */
public final class LastSeen {

    public static final String NAME = "last_seen";

    private static final Logger LOG = LoggerFactory.getLogger(LastSeen.class);

    private static final int PAGE = 2_000;
    /**
     * Maximum number of pages that are folded in one transaction. After a long downtime a crash loses at most this much
     * work.
     */
    private static final int PAGES_IN_ONE = 25;

    private static final int ROWS_IN_ONE = 5_000;

    private final DataSource database;
    private final Duration maxPause;
    private final Supplier<StoreHead> head;
    private final ObservationEventReader observations;
    private final WatermarkTracker watermarkTracker;

    /**
     * Creates a job that runs when called.
     *
     * @param maxPause time after which the database ends a transaction that stands still
     */
    public LastSeen(
            DataSource database,
            Duration maxPause,
            Supplier<StoreHead> head,
            WireTypeRegistry types,
            WatermarkTracker watermarkTracker) {
        this.database = database;
        this.maxPause = maxPause;
        this.head = head;
        this.observations = new ObservationEventReader(types);
        this.watermarkTracker = watermarkTracker;
    }

    /**
     * Folds all observations up to the current head. Blocks.
     *
     * @throws SQLException if the database fails; earlier transactions of this run stay committed
     * @throws dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException at the first event that a newer
     *     version wrote
     */
    public void run() throws SQLException {
        // Reads the head before the events, so that all events up to it are visible.
        var until = head.get();
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            long position = WatermarkRows.read(connection).getOrDefault(NAME, 0L);
            connection.commit();
            while (position < until.position()) {
                position = step(connection, position, until);
                watermarkTracker.advance(NAME, position);
            }
        }
    }

    private long step(Connection connection, long from, StoreHead until) throws SQLException {
        try {
            var shards = new TreeMap<Integer, ShardSlots>();
            long position = from;
            for (int pages = 0; pages < PAGES_IN_ONE && position < until.position(); pages++) {
                var page = observations.page(connection, position, until.position(), PAGE);
                page.forEach(observationRow -> collectReadable(observationRow, shards));
                position =
                        page.size() < PAGE ? until.position() : page.getLast().position();
            }
            BatchRows.limitPause(connection, maxPause);
            write(connection, shards);
            WatermarkRows.disableSynchronousCommit(connection);
            WatermarkRows.write(connection, NAME, position, position == until.position() ? until.recordedAt() : null);
            connection.commit();
            return position;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    /** Observations of one shard, by slot. */
    private record ShardSlots(SlotTimes times, SlotResults results) {

        static ShardSlots of(int shard) {
            return new ShardSlots(new SlotTimes(shard), new SlotResults(shard));
        }
    }

    /** Collects one event. Skips an unreadable event: the next observations of its slots supersede it. */
    private static void collectReadable(ObservationRow observationRow, Map<Integer, ShardSlots> shards) {
        try {
            if (observationRow.event() != null) {
                collect(observationRow, observationRow.event(), shards);
                return;
            }
        } catch (IllegalArgumentException unreadable) {
            LOG.debug("Failed to unpack an observation: {}", unreadable.getMessage());
        }
        LOG.warn(
                "The observations at position {} of {} are unreadable; last_seen skips them.",
                observationRow.position(),
                ShardPartitioner.name(observationRow.shard()));
    }

    private static void collect(ObservationRow observationRow, BinaryEvent event, Map<Integer, ShardSlots> shards) {
        var shardSlots = shards.computeIfAbsent(observationRow.shard(), ShardSlots::of);
        long position = observationRow.position();
        switch (event) {
            case ObservationsRecorded packed ->
                packed.forEach((slot, kind, observedAt, decidedAt, first, second) -> {
                    if (kind == ObservationKind.CONNECTIONS_REPORTED) {
                        shardSlots.times().onReport(slot, first, observedAt, position);
                    } else if (kind.renews()) {
                        shardSlots.times().onHeartbeat(slot, observedAt, position);
                    }
                    if (kind.isResult()) {
                        shardSlots.results().ended(slot, kind, first, second, observedAt, position);
                    }
                });
            case ShardCheckpointed checkpoint ->
                checkpoint
                        .contents()
                        .entries()
                        .forEach(entry -> shardSlots.times().onHeartbeat(entry.slot(), entry.renewedAt(), position));
            default ->
                throw new IllegalStateException(
                        "Unexpected event: " + event.getClass().getName() + ".");
        }
    }

    private static void write(Connection connection, Map<Integer, ShardSlots> shards) throws SQLException {
        var times = new ArrayList<SlotTime>();
        shards.values().forEach(shardSlots -> shardSlots.times().forEach(times::add));
        for (var some : partition(times)) {
            LastSeenRows.upsert(connection, some);
        }
        var results = new ArrayList<SlotResult>();
        shards.values().forEach(slots -> results.addAll(slots.results().all()));
        for (var some : partition(results)) {
            CheckResultRows.upsert(connection, some);
        }
    }

    private static <T> List<List<T>> partition(List<T> rows) {
        var parts = new ArrayList<List<T>>();
        for (int from = 0; from < rows.size(); from += ROWS_IN_ONE) {
            parts.add(rows.subList(from, Math.min(from + ROWS_IN_ONE, rows.size())));
        }
        return parts;
    }
}
