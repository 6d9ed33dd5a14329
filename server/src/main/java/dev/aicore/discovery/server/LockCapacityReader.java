package dev.aicore.discovery.server;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads the size of a PostgreSQL's lock table. */
final class LockCapacityReader {

    private static final String LOCK_CAPACITY = """
            SELECT (SELECT count(*) FROM pg_inherits WHERE inhparent = to_regclass('store.observations')),
                   current_setting('max_locks_per_transaction')::integer,
                   current_setting('max_connections')::integer + current_setting('max_prepared_transactions')::integer""";

    private LockCapacityReader() {}

    /**
     * Size of a lock table.
     *
     * @param partitions number of partitions of observations; 0 if there is no store yet
     * @param perTransaction average number of locks per transaction
     * @param transactions maximum number of concurrent transactions
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
