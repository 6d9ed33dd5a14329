package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.eventstore.NodeAddressStore.OwnerAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Reads and updates the addresses in the rows of the nodes. */
final class NodeAddressRows {

    private static final String PUBLISH = """
            UPDATE store.nodes SET address = ?, proof = ?, fingerprint = ?
            WHERE name = ? AND (address, proof, fingerprint) IS DISTINCT FROM (?, ?, ?)""";

    private static final String OWNER = """
            SELECT n.name, n.address, n.proof, n.fingerprint, n.lease_until > clock_timestamp()
            FROM store.claims c JOIN store.nodes n ON n.name = c.node AND n.generation = c.generation
            WHERE c.stream = 0 AND n.address IS NOT NULL AND n.proof IS NOT NULL""";

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
            return update.executeUpdate() == 1;
        }
    }

    /** Returns the node that has the claims; empty if no node has them, or if it has no address. */
    static Optional<OwnerAddress> owner(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(OWNER);
                var row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            var address = new NodeAddress(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
            return Optional.of(new OwnerAddress(address, row.getBoolean(5)));
        }
    }
}
