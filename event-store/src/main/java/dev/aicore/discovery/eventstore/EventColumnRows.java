package dev.aicore.discovery.eventstore;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the facts, or the observations, of a group as one array per column. */
final class EventColumnRows {

    private final boolean facts;
    private final int[] nth;
    private final long[] seq;
    private final short[] shard;
    private final short[] revision;
    private final String[] type;
    private final @Nullable String[] instanceId;
    private final byte[][] payload;
    private final int[] checksum;

    EventColumnRows(List<NewEvent> events, boolean facts) {
        this.facts = facts;
        int count = 0;
        for (var event : events) {
            count += event.fact() == facts ? 1 : 0;
        }
        nth = new int[count];
        seq = new long[count];
        shard = new short[count];
        revision = new short[count];
        type = new String[count];
        instanceId = new @Nullable String[count];
        payload = new byte[count][];
        checksum = new int[count];
        fill(events);
    }

    boolean isEmpty() {
        return nth.length == 0;
    }

    /** Binds the arrays from parameter {@code at} on. Returns the next free parameter. */
    int bind(PreparedStatement statement, int at) throws SQLException {
        int next = at;
        statement.setObject(next++, nth);
        statement.setObject(next++, seq);
        statement.setObject(next++, shard);
        statement.setObject(next++, revision);
        statement.setObject(next++, type);
        if (facts) {
            statement.setObject(next++, instanceId);
        }
        statement.setObject(next++, payload);
        statement.setObject(next++, checksum);
        return next;
    }

    private void fill(List<NewEvent> events) {
        int row = 0;
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if (event.fact() != facts) {
                continue;
            }
            nth[row] = i + 1;
            seq[row] = event.seq();
            shard[row] = (short) event.shard();
            revision[row] = (short) event.revision();
            type[row] = event.type();
            instanceId[row] = event.instanceId();
            payload[row] = event.payload();
            checksum[row] = event.checksum();
            row++;
        }
    }
}
