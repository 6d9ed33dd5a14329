package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Creates the partitions of the observations before they are needed. There is no default partition. */
final class PartitionRows {

    private static final Pattern NAME = Pattern.compile("observations_(\\d+)_(\\d+)");

    private PartitionRows() {}

    /** Returns the first position that no partition covers yet; 0 if there is no partition. */
    static long end(Connection connection) throws SQLException {
        long end = 0;
        try (var select = connection.prepareStatement("""
                        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'store.observations'::regclass""");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                var name = NAME.matcher(rows.getString(1));
                if (name.matches()) {
                    end = Math.max(end, Long.parseLong(name.group(2)));
                }
            }
        }
        return end;
    }

    /**
     * Creates the partition of {@code [from, to)}. The partition is attached rather than created in place, so that
     * readers of the table aren't locked out meanwhile.
     */
    static void create(Connection connection, long from, long to) throws SQLException {
        var name = "store.observations_%012d_%012d".formatted(from, to);
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '1s'");
            statement.execute("CREATE TABLE " + name
                    + " (LIKE store.observations INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING INDEXES)");
            statement.execute("CREATE UNIQUE INDEX ON " + name + " (shard, seq)");
            statement.execute("ALTER TABLE store.observations ATTACH PARTITION " + name + " FOR VALUES FROM (" + from
                    + ") TO (" + to + ")");
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
