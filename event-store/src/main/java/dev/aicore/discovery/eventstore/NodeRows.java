package dev.aicore.discovery.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Reads and updates the rows of the nodes, each of which is a process with a lease by the database's clock. */
final class NodeRows {

    /** Membership of a process. Only its holder may begin another generation before the lease has ended. */
    record Membership(String node, long generation, UUID holder) {}

    private static final String JOIN_IF = """
            INSERT INTO store.nodes AS n (name, generation, holder, lease_until, joined_at)
            VALUES (?, nextval('store.generations'), gen_random_uuid(), clock_timestamp() + ? * interval '1 ms', clock_timestamp())
            ON CONFLICT (name) DO UPDATE
            SET generation = excluded.generation, holder = excluded.holder, lease_until = excluded.lease_until,
                joined_at = excluded.joined_at
            WHERE %s
            RETURNING name, generation, holder""";

    private static final String JOIN = JOIN_IF.formatted("true");
    private static final String REJOIN = JOIN_IF.formatted("n.lease_until <= clock_timestamp()");

    private static final String RESUME = """
            WITH me AS (
                UPDATE store.nodes
                SET generation = nextval('store.generations'), lease_until = clock_timestamp() + ? * interval '1 ms'
                WHERE name = ? AND holder = ?
                RETURNING name, generation, holder),
            mine AS (
                UPDATE store.claims SET generation = me.generation
                FROM me JOIN store.nodes before ON before.name = me.name
                WHERE claims.node = me.name AND claims.generation = before.generation)
            SELECT name, generation, holder FROM me""";

    private static final String RENEW = """
            UPDATE store.nodes SET lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE name = ? AND generation = ?""";

    /** Rows of processes that ended long ago, and that no claim names. */
    private static final String FORGET = """
            DELETE FROM store.nodes n
            WHERE lease_until < clock_timestamp() - interval '1 day'
                AND NOT EXISTS (SELECT FROM store.claims c WHERE c.node = n.name)""";

    private static final String CHANNEL = "service_discovery_nodes";

    /** Statement that announces a change of nodes or claims, once its transaction commits. */
    static final String ANNOUNCE = "SELECT pg_notify('" + CHANNEL + "', '')";

    private NodeRows() {}

    /** Announces a change of nodes or claims to all processes that listen, once the transaction commits. */
    static boolean announce(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ANNOUNCE)) {
            return statement.execute();
        }
    }

    /** Lets a connection receive the announcements from now on. */
    static void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET application_name = 'service-discovery-nodes'; LISTEN " + CHANNEL);
        }
    }

    /**
     * Makes this process a node, under a new generation. Deposes an earlier process of the same name, so that a process
     * which is started again needn't wait for its own lease.
     */
    static Membership join(Connection connection, String name, Duration lease) throws SQLException {
        try (var forget = connection.prepareStatement(FORGET)) {
            forget.executeUpdate();
        }
        return join(connection, JOIN, name, lease).orElseThrow();
    }

    /** Joins again after this process was deposed. Returns empty while another process of that name is alive. */
    static Optional<Membership> rejoin(Connection connection, String name, Duration lease) throws SQLException {
        return join(connection, REJOIN, name, lease);
    }

    /**
     * Begins another generation after a broken connection, and keeps the claims. The new generation refuses a statement
     * of that connection that the database hasn't begun yet; a statement that it has begun is waited for.
     *
     * @return empty if this process was deposed
     */
    static Optional<Membership> resume(Connection connection, Membership membership, Duration lease)
            throws SQLException {
        try (var update = connection.prepareStatement(RESUME)) {
            update.setLong(1, lease.toMillis());
            update.setString(2, membership.node());
            update.setObject(3, membership.holder());
            return membership(update);
        }
    }

    /** Renews the lease. Returns false if another generation has begun. */
    static boolean renew(Connection connection, Membership membership, Duration lease) throws SQLException {
        try (var update = connection.prepareStatement(RENEW)) {
            update.setLong(1, lease.toMillis());
            update.setString(2, membership.node());
            update.setLong(3, membership.generation());
            return update.executeUpdate() == 1;
        }
    }

    private static Optional<Membership> join(Connection connection, String sql, String name, Duration lease)
            throws SQLException {
        try (var insert = connection.prepareStatement(sql)) {
            insert.setString(1, name);
            insert.setLong(2, lease.toMillis());
            return membership(insert);
        }
    }

    private static Optional<Membership> membership(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Membership(row.getString(1), row.getLong(2), row.getObject(3, UUID.class)))
                    : Optional.empty();
        }
    }
}
