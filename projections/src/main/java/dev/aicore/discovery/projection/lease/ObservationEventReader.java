package dev.aicore.discovery.projection.lease;

import dev.aicore.discovery.api.BinaryEvent;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.api.wire.WireTypes.WireType;
import dev.aicore.discovery.eventstore.EventChecksum;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads packed observations directly from the store: they are too many for a message each. */
final class ObservationEventReader {

    /**
     * Packed event.
     *
     * @param shard number of the shard
     * @param event null if it can't be read
     */
    record ObservationRow(
            long position, int shard, @Nullable BinaryEvent event) {}

    private static final String QUARANTINED = WireTypes.nameOf(EventQuarantined.class);

    private final WireTypeRegistry types;

    ObservationEventReader(WireTypeRegistry types) {
        this.types = types;
    }

    /**
     * Returns at most {@code limit} events after {@code after} and up to {@code end}, in order.
     *
     * @throws dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException if a newer version wrote one of
     *     them
     */
    List<ObservationRow> page(Connection connection, long after, long end, int limit) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT position, shard, type, revision, payload, seq, checksum FROM store.observations
                WHERE position > ? AND position <= ? ORDER BY position LIMIT ?""")) {
            select.setLong(1, after);
            select.setLong(2, end);
            select.setInt(3, limit);
            var page = new ArrayList<ObservationRow>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(new ObservationRow(rows.getLong(1), rows.getInt(2), read(rows)));
                }
            }
            return page;
        }
    }

    private @Nullable BinaryEvent read(ResultSet row) throws SQLException {
        var payload = row.getBytes(5);
        if (payload == null || QUARANTINED.equals(row.getString(3))) {
            return null;
        }
        var checksum = row.getObject(7, Integer.class);
        if (!EventChecksum.matches(
                checksum, row.getInt(2), row.getLong(6), row.getInt(4), row.getString(3), null, payload)) {
            return null;
        }
        try {
            return unpack(types.current(row.getString(3), row.getInt(4)), payload);
        } catch (NewerEventException newer) {
            if (checksum == null) {
                return null;
            }
            throw newer;
        }
    }

    private static BinaryEvent unpack(WireType<?> type, byte[] payload) {
        var unpack = type.unpack();
        if (unpack == null || !(unpack.apply(payload) instanceof BinaryEvent binaryEvent)) {
            throw new IllegalStateException(type.name() + " is not an observation.");
        }
        return binaryEvent;
    }
}
