package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of the store that can't be read, and takes them out of the store. Each row is copied unchanged to
 * {@code store.quarantine}. An {@link EventQuarantined} replaces an event; a snapshot is deleted. Blocks.
 */
public final class StoreRepair {

    private static final int PAGE = 1_000;
    private static final List<String> TABLES = List.of("facts", "observations", "snapshots", "previous_snapshots");

    private final DataSource database;
    private final Serializer serializer;
    private final EventDecoder decoder;

    public StoreRepair(DataSource database, Serializer serializer, EventUpcaster upcasters) {
        this.database = database;
        this.serializer = serializer;
        this.decoder = new EventDecoder(serializer, upcasters);
    }

    /**
     * Returns all rows that can't be read, by table and position.
     *
     * @throws dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException if the store has an event of a
     *     newer version
     * @throws SQLException if the database fails
     */
    public List<CorruptRow> find() throws SQLException {
        var damaged = new ArrayList<CorruptRow>();
        try (var connection = database.getConnection()) {
            for (var table : TABLES) {
                var page = RepairRows.page(connection, table, -1, PAGE);
                while (!page.isEmpty()) {
                    find(table, page, damaged);
                    page = RepairRows.page(connection, table, page.getLast().position(), PAGE);
                }
            }
        }
        return damaged;
    }

    /**
     * Takes rows out of the store, all of them or none.
     *
     * @param metadata event metadata that names the actor
     * @param at time of the repair
     * @throws StoreBeingWrittenException if some process writes to the store
     * @throws SQLException if the database fails
     */
    public void quarantine(List<CorruptRow> damaged, EventMetadata metadata, Instant at) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (RepairRows.isBeingWritten(connection)) {
                    throw new StoreBeingWrittenException();
                }
                for (var row : damaged) {
                    quarantine(connection, row, metadata, at);
                }
                connection.commit();
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private void quarantine(Connection connection, CorruptRow row, EventMetadata metadata, Instant at)
            throws SQLException {
        RepairRows.quarantine(connection, row, metadata.actor());
        if (row.isSnapshot()) {
            RepairRows.delete(connection, row);
            return;
        }
        var event = serializer.serialize(
                new EventQuarantined(row.type(), row.instanceId(), row.stream(), row.reason(), at, metadata),
                byte[].class);
        RepairRows.replace(
                connection,
                row,
                new NewEvent(
                        ShardPartitioner.streamNumber(row.stream()),
                        row.seq(),
                        event.getType().getName(),
                        Integer.parseInt(event.getType().getRevision()),
                        row.table().equals("facts"),
                        row.instanceId(),
                        event.getData()));
    }

    private void find(String table, List<StoredEvent> page, List<CorruptRow> damaged) {
        if (table.endsWith("snapshots")) {
            page.forEach(snapshot -> findSnapshot(table, snapshot, damaged));
            return;
        }
        for (int from = 0; from < page.size(); ) {
            var decoded = decoder.page(page.subList(from, page.size()));
            for (int i = 0; i < decoded.size(); i++) {
                var event = page.get(from + i);
                var reason = unreadable(decoded.get(i).getPayload());
                if (reason != null) {
                    damaged.add(CorruptRow.of(table, event, reason));
                }
            }
            from += decoded.size();
        }
    }

    /**
     * Checks the checksum of a snapshot. A snapshot without a checksum passes: the next one replaces it in any case.
     */
    private static void findSnapshot(String table, StoredEvent snapshot, List<CorruptRow> damaged) {
        try {
            snapshot.requireIntact();
        } catch (UnreadableEventException failure) {
            damaged.add(CorruptRow.of(table, snapshot, String.valueOf(failure.getMessage())));
        }
    }

    /**
     * Returns the reason why an event can't be read; null if it can. Unpacks packed events, because decoding doesn't.
     */
    private static @Nullable String unreadable(Object event) {
        try {
            switch (event) {
                case UnreadableEvent unreadable -> {
                    return unreadable.reason();
                }
                case ObservationsRecorded packed -> packed.forEach((_, _, _, _, _, _) -> {});
                case ShardCheckpointed packed -> {
                    var _ = packed.contents();
                }
                default -> {}
            }
            return null;
        } catch (IllegalArgumentException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    /**
     * Signals that the store can't be repaired while a process appends to it. That process would continue with the
     * state that it has in memory.
     */
    public static final class StoreBeingWrittenException extends RuntimeException {

        StoreBeingWrittenException() {
            super("A server writes to the event store, or did until some seconds ago: stop the server and try again.");
        }
    }
}
