package dev.aicore.discovery.projection.lease;

import dev.aicore.discovery.projection.lease.SlotTimes.Connections;
import dev.aicore.discovery.projection.lease.SlotTimes.SlotTime;
import dev.aicore.discovery.projection.processing.ColumnRows;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the last heartbeat and the last reported connections of each slot. */
final class LastSeenRows {

    private LastSeenRows() {}

    /**
     * Upserts slots in order of shard and slot. Stored times never decrease. A slot without a report of connections
     * retains its last report.
     */
    static void upsert(Connection connection, List<SlotTime> heartbeats) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO %s AS seen
                    (shard, slot, observed_at, position, active_connections, connections_at, connections_position)
                SELECT shard, slot, 'epoch'::timestamptz + millis * interval '1 millisecond', position,
                       active, 'epoch'::timestamptz + told_millis * interval '1 millisecond', told_position
                FROM unnest(?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::int[], ?::bigint[], ?::bigint[])
                    AS heard (shard, slot, millis, position, active, told_millis, told_position)
                ON CONFLICT (shard, slot) DO UPDATE
                SET observed_at = greatest(seen.observed_at, excluded.observed_at),
                    position = excluded.position,
                    active_connections = coalesce(excluded.active_connections, seen.active_connections),
                    connections_at = coalesce(excluded.connections_at, seen.connections_at),
                    connections_position = coalesce(excluded.connections_position, seen.connections_position)
                WHERE excluded.position > seen.position""".formatted(ModelTable.LAST_SEEN))) {
            new ColumnRows<>(heartbeats)
                    .ints(SlotTime::shard)
                    .ints(SlotTime::slot)
                    .longs(SlotTime::observedAt)
                    .longs(SlotTime::position)
                    .nullableLongs(upsertConnections(report -> (long) report.active()))
                    .nullableLongs(upsertConnections(Connections::at))
                    .nullableLongs(upsertConnections(Connections::position))
                    .bind(upsert);
            upsert.executeUpdate();
        }
    }

    private static Function<SlotTime, @Nullable Long> upsertConnections(Function<Connections, Long> column) {
        return slot -> slot.connections() == null ? null : column.apply(slot.connections());
    }
}
