package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.eventstore.NodeRows.Membership;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Claims the streams of the store for a node. All streams are claimed together: one node owns all of them, or none.
 * Locks are taken in the order nodes, claims, head, as appends do.
 */
final class ClaimRows {

    private static final String HELD = """
            SELECT ceil(extract(epoch FROM max(n.lease_until) - clock_timestamp()) * 1000)
            FROM store.claims c JOIN store.nodes n ON n.name = c.node AND n.generation = c.generation
            WHERE n.name <> ?""";

    /** In the order of the names, so that two nodes that depose each other don't wait for each other. */
    private static final String LOCK_NODES = """
            SELECT name FROM store.nodes WHERE name = ? OR name IN (SELECT node FROM store.claims) ORDER BY name FOR UPDATE""";

    private static final String DEPOSE = """
            UPDATE store.nodes SET generation = nextval('store.generations'), lease_until = 'epoch'
            WHERE name <> ? AND name IN (SELECT node FROM store.claims) AND lease_until <= clock_timestamp()""";

    private static final String CLAIM = """
            UPDATE store.claims c
            SET node = ?, generation = ?, epoch = epoch + 1, since = clock_timestamp()
            WHERE node = ? OR NOT EXISTS (SELECT FROM store.nodes n WHERE n.name = c.node AND n.generation = c.generation)""";

    private ClaimRows() {}

    /** Creates the rows of all streams of a store. */
    static void create(Connection connection, int shards) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO store.claims (stream) SELECT generate_series(?, ?) ON CONFLICT DO NOTHING")) {
            insert.setInt(1, ShardPartitioner.MIN_SHARDS);
            insert.setInt(2, shards - 1);
            insert.executeUpdate();
        }
    }

    /**
     * Returns the time, in milliseconds, until the lease of another node that owns streams has ended; 0 or less if
     * there is no such node, or if it has ended. Takes no lock.
     */
    static long heldForMillis(Connection connection, String node) throws SQLException {
        try (var select = connection.prepareStatement(HELD)) {
            select.setString(1, node);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Claims all streams for a node, and the head. Deposes their owner if its lease has ended; waits for an append in
     * progress, which extends that lease.
     *
     * @return empty if another node has them, or if the node itself was deposed
     */
    static Optional<HeadRows.Claim> claim(Connection connection, Membership membership, Duration lease)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            var claim = claimAll(connection, membership, lease);
            if (claim.isPresent()) {
                NodeRows.announce(connection);
                connection.commit();
            } else {
                connection.rollback();
            }
            return claim;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static Optional<HeadRows.Claim> claimAll(Connection connection, Membership membership, Duration lease)
            throws SQLException {
        execute(connection, LOCK_NODES, membership.node());
        if (!NodeRows.renew(connection, membership, lease)) {
            return Optional.empty();
        }
        execute(connection, DEPOSE, membership.node());
        try (var claim = connection.prepareStatement(CLAIM);
                var count = connection.prepareStatement("SELECT count(*) FROM store.claims")) {
            claim.setString(1, membership.node());
            claim.setLong(2, membership.generation());
            claim.setString(3, membership.node());
            int claimed = claim.executeUpdate();
            try (var row = count.executeQuery()) {
                row.next();
                if (claimed < row.getInt(1)) {
                    return Optional.empty();
                }
            }
        }
        return HeadRows.claim(connection, membership.node(), lease);
    }

    private static void execute(Connection connection, String sql, String node) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, node);
            statement.execute();
        }
    }
}
