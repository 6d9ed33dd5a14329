package dev.aicore.discovery.eventstore;

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
     * State of a node, and of the owner of the event store, at one moment.
     *
     * @param own address that the node has published; null if it has published none
     * @param owner node that has the claims; null if no node has them, or if it has no address
     * @param ownerLeaseMillis time until the owner's lease ends; 0 or less if it has ended, or if there is no owner
     */
    public record NodeLook(
            @Nullable NodeAddress own, @Nullable OwnerAddress owner, long ownerLeaseMillis) {}

    /**
     * Publishes the address of this process, unless it is published already.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public void publish(NodeAddress own) {
        jdbcQueryRunner.read(connection -> NodeAddressRows.publish(connection, own));
    }

    /**
     * Returns the state of a node and of the owner.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public NodeLook look(String node) {
        return jdbcQueryRunner.read(connection -> NodeAddressRows.look(connection, node));
    }

    /**
     * Announces to the other nodes that this one accepts commands from now on.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public void announce() {
        jdbcQueryRunner.read(NodeRows::announce);
    }
}
