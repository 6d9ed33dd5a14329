package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** Holds the idempotency keys of a group as one array per column. */
final class IdempotencyColumnRows {

    private final int[] nth;
    private final String[] principal;
    private final String[] key;
    private final byte[][] requestHash;
    private final String[] outcome;

    /** Creates the arrays from keys whose {@code event} is an index among the events of the group. */
    IdempotencyColumnRows(List<NewIdempotencyRecord> keys) {
        int count = keys.size();
        nth = new int[count];
        principal = new String[count];
        key = new String[count];
        requestHash = new byte[count][];
        outcome = new String[count];
        for (int row = 0; row < count; row++) {
            var added = keys.get(row);
            nth[row] = added.event() + 1;
            principal[row] = added.key().principal();
            key[row] = added.key().key();
            requestHash[row] = HexFormat.of().parseHex(added.key().requestHash());
            outcome[row] = added.outcome();
        }
    }

    /** Binds the arrays from parameter {@code at} on. */
    void bind(PreparedStatement statement, int at) throws SQLException {
        int next = at;
        statement.setObject(next++, nth);
        statement.setObject(next++, principal);
        statement.setObject(next++, key);
        statement.setObject(next++, requestHash);
        statement.setObject(next, outcome);
    }
}
