package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.NodeRows.Membership;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Reads and updates the head row, which every writer locks. */
final class HeadRows {

    /**
     * Claim of the head. Appends carry the epoch; only the holder may raise the epoch without waiting for the lease.
     * Processes before the nodes were introduced know this claim only, and respect it.
     */
    record Claim(long epoch, UUID holder, long position, int shards) {}

    record Owner(String name, Instant until, long epoch) {}

    private static final String OPEN =
            "INSERT INTO store.head (incarnation, shards) VALUES (gen_random_uuid(), ?) ON CONFLICT DO NOTHING";

    private static final String CLAIM = """
            UPDATE store.head
            SET epoch = epoch + 1, owner = ?, holder = gen_random_uuid(), lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE owner = ? OR lease_until <= clock_timestamp()
            RETURNING epoch, holder, position, shards""";

    private static final String RESUME = """
            UPDATE store.head SET epoch = epoch + 1, lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE holder = ?
            RETURNING epoch, holder, position, shards""";

    private static final String RENEW = """
            WITH me AS (
                UPDATE store.nodes SET lease_until = clock_timestamp() + ? * interval '1 ms'
                WHERE name = ? AND generation = ?
                RETURNING name)
            UPDATE store.head SET lease_until = clock_timestamp() + ? * interval '1 ms' FROM me WHERE epoch = ?""";

    private static final String RELEASE = """
            WITH me AS (
                UPDATE store.nodes SET lease_until = 'epoch' WHERE name = ? AND generation = ? RETURNING name, generation),
            mine AS (
                UPDATE store.claims SET node = NULL, generation = NULL
                FROM me WHERE claims.node = me.name AND claims.generation = me.generation),
            released AS (UPDATE store.head SET lease_until = clock_timestamp() FROM me WHERE epoch = ?)
            """ + NodeRows.ANNOUNCE + " FROM me";

    private HeadRows() {}

    /** Creates the head row if there is none. Returns the number of shards of the existing row. */
    static int openStore(Connection connection, int shards) throws SQLException {
        try (var insert = connection.prepareStatement(OPEN);
                var select = connection.prepareStatement("SELECT shards FROM store.head")) {
            insert.setInt(1, shards);
            insert.executeUpdate();
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Claims the store if the owner is the same or the lease has ended. Waits for an append in progress. */
    static Optional<Claim> claim(Connection connection, String owner, Duration lease) throws SQLException {
        try (var update = connection.prepareStatement(CLAIM)) {
            update.setString(1, owner);
            update.setLong(2, lease.toMillis());
            update.setString(3, owner);
            return claimed(update);
        }
    }

    /**
     * Claims the store again after a broken connection. The raised epoch refuses a statement of that connection that
     * the database hasn't begun yet; a statement that it has begun is waited for.
     */
    static Optional<Claim> resume(Connection connection, UUID holder, Duration lease) throws SQLException {
        try (var update = connection.prepareStatement(RESUME)) {
            update.setLong(1, lease.toMillis());
            update.setObject(2, holder);
            return claimed(update);
        }
    }

    /** Renews the leases of node and head. Returns false if another generation or epoch has begun. */
    static boolean renew(Connection connection, Membership membership, long epoch, Duration lease) throws SQLException {
        try (var update = connection.prepareStatement(RENEW)) {
            update.setLong(1, lease.toMillis());
            update.setString(2, membership.node());
            update.setLong(3, membership.generation());
            update.setLong(4, lease.toMillis());
            update.setLong(5, epoch);
            return update.executeUpdate() == 1;
        }
    }

    /** Ends the leases and frees the claims of a node, so that another one can claim the store at once. */
    static void release(Connection connection, Membership membership, long epoch) throws SQLException {
        try (var update = connection.prepareStatement(RELEASE)) {
            update.setString(1, membership.node());
            update.setLong(2, membership.generation());
            update.setLong(3, epoch);
            update.execute();
        }
    }

    /**
     * Sets the time after which the database cancels a statement of this connection, or ends the connection if it
     * stands still in a transaction: locks of a paused process would keep all other nodes from claiming the store.
     */
    static void limitStatements(Connection connection, Duration timeout) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + timeout.toMillis()
                    + "; SET idle_in_transaction_session_timeout = " + timeout.toMillis());
        }
    }

    static Owner owner(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT owner, lease_until, epoch FROM store.head");
                var row = select.executeQuery()) {
            row.next();
            return new Owner(
                    row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getLong(3));
        }
    }

    private static Optional<Claim> claimed(PreparedStatement update) throws SQLException {
        try (var row = update.executeQuery()) {
            return row.next()
                    ? Optional.of(
                            new Claim(row.getLong(1), row.getObject(2, UUID.class), row.getLong(3), row.getInt(4)))
                    : Optional.empty();
        }
    }
}
