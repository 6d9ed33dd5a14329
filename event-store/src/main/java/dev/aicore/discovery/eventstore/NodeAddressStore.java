package dev.aicore.discovery.eventstore;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores where the nodes reach each other. Blocks. */
public final class NodeAddressStore {

    private final JdbcQueryRunner jdbcQueryRunner;

    public NodeAddressStore(JdbcQueryRunner jdbcQueryRunner) {
        this.jdbcQueryRunner = jdbcQueryRunner;
    }

    /**
     * Address of a node.
     *
     * @param node name of the node
     * @param address {@code http://host:port}, or {@code https://…}
     * @param proof secret of the process, by which it recognizes requests of its peers
     * @param fingerprint SHA-256 of the process's certificate, in hexadecimal digits; null without TLS
     */
    public record NodeAddress(
            String node,
            String address,
            String proof,
            @Nullable String fingerprint) {}

    /**
     * Owner of the event store.
     *
     * @param alive false if its lease has ended, so that it may be replaced
     */
    public record OwnerAddress(NodeAddress address, boolean alive) {}

    /**
     * Publishes the address of this process, unless it is published already.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public void publish(NodeAddress own) {
        jdbcQueryRunner.read(connection -> NodeAddressRows.publish(connection, own));
    }

    /**
     * Returns the node that has the claims; empty if no node has them.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public Optional<OwnerAddress> owner() {
        return jdbcQueryRunner.read(NodeAddressRows::owner);
    }
}
