package dev.aicore.discovery.bridge.sync;

/**
 * Right of this node to write to the other registry. Unlike an append to the event store, a request to another registry
 * can't be refused because a node was deposed, so it is only sent while no other node can run the bridge.
 */
@FunctionalInterface
public interface WritePermit {

    /**
     * Does nothing if the next request may be sent.
     *
     * @throws ForeignRegistryException if another node may run the bridge at this moment
     */
    void require() throws ForeignRegistryException;
}
