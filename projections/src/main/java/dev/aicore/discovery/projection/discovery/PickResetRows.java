package dev.aicore.discovery.projection.discovery;

import dev.aicore.discovery.projection.discovery.PickResetFold.Reset;
import dev.aicore.discovery.projection.processing.ColumnRows;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the pick statistics, as far as facts change them. */
final class PickResetRows {

    private PickResetRows() {}

    /**
     * Deletes the statistics of services, in order of their names. Skips a service that this reset or a later one has
     * already emptied.
     */
    static void reset(Connection connection, List<Reset> resets) throws SQLException {
        var begun = begin(connection, resets);
        if (!begun.isEmpty()) {
            // A separate statement: its snapshot includes rows that were added while the first one waited for row
            // locks.
            delete(connection, begun);
        }
    }

    private static List<String> begin(Connection connection, List<Reset> resets) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO %s AS known (service, since, reset_position)
                SELECT * FROM unnest(?::text[], ?::timestamptz[], ?::bigint[])
                ON CONFLICT (service) DO UPDATE SET since = excluded.since, reset_position = excluded.reset_position
                WHERE excluded.reset_position > known.reset_position
                RETURNING service""".formatted(ModelTable.PICKED_SERVICES))) {
            new ColumnRows<>(resets)
                    .texts(Reset::service)
                    .instants(Reset::at)
                    .longs(Reset::position)
                    .bind(upsert);
            var begun = new ArrayList<String>();
            try (var rows = upsert.executeQuery()) {
                while (rows.next()) {
                    begun.add(rows.getString(1));
                }
            }
            return begun;
        }
    }

    private static void delete(Connection connection, List<String> services) throws SQLException {
        try (var delete =
                connection.prepareStatement("DELETE FROM " + ModelTable.PICKS + " WHERE service = ANY (?::text[])")) {
            delete.setObject(1, services.toArray(String[]::new));
            delete.executeUpdate();
        }
    }
}
