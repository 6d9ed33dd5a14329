package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeLook;
import dev.aicore.discovery.eventstore.NodeAddressStore.OwnerAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads and updates the addresses in the rows of the nodes. */
final class NodeAddressRows {

    private static final String PUBLISH = """
            WITH changed AS (
                UPDATE store.nodes SET address = ?, proof = ?, fingerprint = ?
                WHERE name = ? AND (address, proof, fingerprint) IS DISTINCT FROM (?, ?, ?)
                RETURNING name)
            """ + NodeRows.ANNOUNCE + " FROM changed";

    /** Reads the row of a node, and that of the owner, which may be the same. */
    private static final String LOOK = """
            SELECT n.name, n.address, n.proof, n.fingerprint, c.stream IS NOT NULL AS is_owner,
                ceil(extract(epoch FROM n.lease_until - clock_timestamp()) * 1000) AS lease_millis
            FROM store.nodes n
            LEFT JOIN store.claims c ON c.stream = 0 AND c.node = n.name AND c.generation = n.generation
            WHERE n.name = ? OR c.stream IS NOT NULL""";

    private NodeAddressRows() {}

    /** Stores the address of a node, unless it is stored already. Returns true if the row has changed. */
    static boolean publish(Connection connection, NodeAddress own) throws SQLException {
        try (var update = connection.prepareStatement(PUBLISH)) {
            update.setString(1, own.address());
            update.setString(2, own.proof());
            update.setString(3, own.fingerprint());
            update.setString(4, own.node());
            update.setString(5, own.address());
            update.setString(6, own.proof());
            update.setString(7, own.fingerprint());
            try (var row = update.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Reads the state of a node and of the owner. */
    static NodeLook look(Connection connection, String node) throws SQLException {
        try (var select = connection.prepareStatement(LOOK)) {
            select.setString(1, node);
            try (var row = select.executeQuery()) {
                NodeAddress own = null;
                OwnerAddress owner = null;
                long leaseMillis = 0;
                while (row.next()) {
                    var address = address(row);
                    if (row.getString("name").equals(node)) {
                        own = address;
                    }
                    if (address != null && row.getBoolean("is_owner")) {
                        leaseMillis = row.getLong("lease_millis");
                        owner = new OwnerAddress(address, leaseMillis > 0);
                    }
                }
                return new NodeLook(own, owner, leaseMillis);
            }
        }
    }

    private static @Nullable NodeAddress address(ResultSet row) throws SQLException {
        var address = row.getString("address");
        var proof = row.getString("proof");
        return address == null || proof == null
                ? null
                : new NodeAddress(row.getString("name"), address, proof, row.getString("fingerprint"));
    }
}
