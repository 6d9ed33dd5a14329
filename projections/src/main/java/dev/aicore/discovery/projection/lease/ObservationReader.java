package dev.aicore.discovery.projection.lease;

import dev.aicore.discovery.api.Packed;
import dev.aicore.discovery.api.wire.WireType;
import dev.aicore.discovery.config.eventstore.wire.WireRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads packed events straight from the store: there are too many to make a message of each. */
final class ObservationReader {

    /**
     * A packed event.
     *
     * @param shard its number
     */
    record Observed(long position, int shard, Packed event) {}

    private final WireRegistry types;

    ObservationReader(WireRegistry types) {
        this.types = types;
    }

    /**
     * At most {@code limit} of them beyond {@code after} and up to {@code end}, in order.
     *
     * @throws dev.aicore.discovery.config.eventstore.wire.NewerEventException if a newer version wrote one
     */
    List<Observed> page(Connection connection, long after, long end, int limit) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT position, shard, type, revision, payload FROM store.observations
                WHERE position > ? AND position <= ? ORDER BY position LIMIT ?""")) {
            select.setLong(1, after);
            select.setLong(2, end);
            select.setInt(3, limit);
            var page = new ArrayList<Observed>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var type = types.current(rows.getString(3), rows.getInt(4));
                    page.add(new Observed(rows.getLong(1), rows.getInt(2), unpack(type, rows.getBytes(5))));
                }
            }
            return page;
        }
    }

    private static Packed unpack(WireType<?> type, byte[] payload) {
        var unpack = type.unpack();
        if (unpack == null || !(unpack.apply(payload) instanceof Packed packed)) {
            throw new IllegalStateException(type.name() + " is no observation.");
        }
        return packed;
    }
}
