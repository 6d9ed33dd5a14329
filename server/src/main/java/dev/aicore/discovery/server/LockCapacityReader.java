package dev.aicore.discovery.server;

import java.sql.Connection;
import java.sql.SQLException;

/** How much room a PostgreSQL has for locks. */
final class LockCapacityReader {

    private static final String LOCK_CAPACITY = """
            SELECT (SELECT count(*) FROM pg_inherits WHERE inhparent = to_regclass('store.observations')),
                   current_setting('max_locks_per_transaction')::integer,
                   current_setting('max_connections')::integer + current_setting('max_prepared_transactions')::integer""";

    private LockCapacityReader() {}

    /**
     * What was read.
     *
     * @param partitions     of observations; 0 where there is no store yet
     * @param perTransaction locks, on average
     * @param transactions   at once, at most
     */
    record LockCapacity(int partitions, int perTransaction, int transactions) {

        long locks() {
            return (long) perTransaction * transactions;
        }
    }

    static LockCapacity read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(LOCK_CAPACITY);
                var row = select.executeQuery()) {
            row.next();
            return new LockCapacity(row.getInt(1), row.getInt(2), row.getInt(3));
        }
    }
}
