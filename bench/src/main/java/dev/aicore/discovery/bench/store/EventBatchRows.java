package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.eventstore.NewEvent;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Binds events as one array per column. */
final class EventBatchRows {

    private EventBatchRows() {}

    /** Binds seven arrays from the parameter {@code at} on. */
    static void bind(PreparedStatement statement, int at, List<NewEvent> events) throws SQLException {
        var nth = new int[events.size()];
        var seq = new long[events.size()];
        var shard = new short[events.size()];
        var revision = new short[events.size()];
        var type = new String[events.size()];
        var instance = new String[events.size()];
        var payload = new byte[events.size()][];
        for (int i = 0; i < nth.length; i++) {
            var event = events.get(i);
            nth[i] = i + 1;
            seq[i] = event.seq();
            shard[i] = (short) event.shard();
            revision[i] = (short) event.revision();
            type[i] = event.type();
            instance[i] = event.instanceId() == null ? "" : event.instanceId();
            payload[i] = event.payload();
        }
        statement.setObject(at, nth);
        statement.setObject(at + 1, seq);
        statement.setObject(at + 2, shard);
        statement.setObject(at + 3, revision);
        statement.setObject(at + 4, type);
        statement.setObject(at + 5, instance);
        statement.setObject(at + 6, payload);
    }

    static long position(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
