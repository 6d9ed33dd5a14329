package dev.aicore.discovery.projection.lease;

import dev.aicore.discovery.projection.lease.SlotResults.SlotResult;
import dev.aicore.discovery.projection.processing.ColumnRows;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the last check result of each slot. */
final class CheckResultRows {

    private CheckResultRows() {}

    /** Upserts results in order of shard and slot. A stored result is replaced only by one of a later position. */
    static void upsert(Connection connection, List<SlotResult> results) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO %s AS known (shard, slot, kind, first, second, observed_at, position)
                SELECT shard, slot, kind, first, second, 'epoch'::timestamptz + millis * interval '1 millisecond', position
                FROM unnest(?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::bigint[])
                    AS ended (shard, slot, kind, first, second, millis, position)
                ON CONFLICT (shard, slot) DO UPDATE
                SET kind = excluded.kind, first = excluded.first, second = excluded.second,
                    observed_at = excluded.observed_at, position = excluded.position
                WHERE excluded.position > known.position""".formatted(ModelTable.CHECK_RESULTS))) {
            new ColumnRows<>(results)
                    .ints(SlotResult::shard)
                    .ints(SlotResult::slot)
                    .ints(result -> result.kind().code())
                    .ints(SlotResult::first)
                    .ints(SlotResult::second)
                    .longs(SlotResult::at)
                    .longs(SlotResult::position)
                    .bind(upsert);
            upsert.executeUpdate();
        }
    }
}
