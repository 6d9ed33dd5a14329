package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.NetworkConcurrencyLimit;

/**
 * Limits the number of concurrent watchers of a node, and of the services that they watch beyond one each; both in
 * total and per network.
 */
public final class WatcherLimit {

    private final int maxWatchers;
    private final int maxPerNetwork;
    private final NetworkConcurrencyLimit limit;
    private final NetworkConcurrencyLimit furtherServices;
    private long refused;

    /**
     * Creates a limit.
     *
     * @param furtherServices limit of the services that watchers watch beyond one each
     */
    WatcherLimit(int maxWatchers, int maxPerNetwork, NetworkConcurrencyLimit furtherServices) {
        this.maxWatchers = maxWatchers;
        this.maxPerNetwork = maxPerNetwork;
        this.limit = new NetworkConcurrencyLimit(maxWatchers, maxPerNetwork);
        this.furtherServices = furtherServices;
    }

    /**
     * Acquires the place of a watcher of one service.
     *
     * @throws RegistryException {@code overloaded} if the limit of the network or of the node is reached
     */
    public void acquire(String network) {
        acquire(network, 1);
    }

    /**
     * Acquires the place of a watcher of a number of services, at least 1.
     *
     * @throws RegistryException {@code overloaded} if a limit of the network or of the node is reached
     */
    synchronized void acquire(String network, int services) {
        if (!limit.tryAcquire(network)) {
            throw refusal(
                    limit.isExhausted()
                            ? "The maximum of " + maxWatchers + " watchers is reached."
                            : "The maximum of " + maxPerNetwork + " watchers from this address is reached.");
        }
        if (!furtherServices.tryAcquire(network, services - 1)) {
            limit.release(network);
            throw refusal("The maximum of services that streams watch together is reached; watch fewer services.");
        }
    }

    private RegistryException refusal(String detail) {
        refused++;
        return new RegistryException(ErrorCode.OVERLOADED, detail, WatchHub.RETRY_AFTER);
    }

    /** Releases the place of a watcher of one service. */
    public void release(String network) {
        release(network, 1);
    }

    /** Releases the place of a watcher of a number of services. */
    void release(String network, int services) {
        limit.release(network);
        furtherServices.release(network, services - 1);
    }

    int acquired() {
        return limit.acquired();
    }

    /** Returns the number of watchers refused so far. */
    synchronized long refused() {
        return refused;
    }
}
