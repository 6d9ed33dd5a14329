package dev.aicore.discovery.projection.lease;

import dev.aicore.discovery.projection.flow.ColumnRows;
import dev.aicore.discovery.projection.lease.SlotTimes.SlotTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** When slots were last heard. */
final class LastSeenRows {

    private LastSeenRows() {}

    /** Moves slots on, never back; in order of shard and slot. */
    static void upsert(Connection connection, List<SlotTime> heard) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO models.last_seen AS seen (shard, slot, observed_at, position)
                SELECT shard, slot, 'epoch'::timestamptz + millis * interval '1 millisecond', position
                FROM unnest(?::int[], ?::int[], ?::bigint[], ?::bigint[]) AS heard (shard, slot, millis, position)
                ON CONFLICT (shard, slot) DO UPDATE
                SET observed_at = greatest(seen.observed_at, excluded.observed_at), position = excluded.position
                WHERE excluded.position > seen.position""")) {
            new ColumnRows<>(heard)
                    .ints(SlotTime::shard)
                    .ints(SlotTime::slot)
                    .longs(SlotTime::observedAt)
                    .longs(SlotTime::position)
                    .bind(upsert);
            upsert.executeUpdate();
        }
    }
}
