package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.NetworkConcurrencyLimit;

/** Limits the number of concurrent watchers of a node, in total and per network. */
public final class WatcherLimit {

    private final int maxWatchers;
    private final int maxPerNetwork;
    private final NetworkConcurrencyLimit limit;
    private long refused;

    WatcherLimit(int maxWatchers, int maxPerNetwork) {
        this.maxWatchers = maxWatchers;
        this.maxPerNetwork = maxPerNetwork;
        this.limit = new NetworkConcurrencyLimit(maxWatchers, maxPerNetwork);
    }

    /**
     * Acquires a place.
     *
     * @throws RegistryException {@code overloaded} if the limit of the network or of the node is reached
     */
    public synchronized void acquire(String network) {
        if (!limit.tryAcquire(network)) {
            refused++;
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    limit.isExhausted()
                            ? "The maximum of " + maxWatchers + " watchers is reached."
                            : "The maximum of " + maxPerNetwork + " watchers from this address is reached.",
                    WatchHub.RETRY_AFTER);
        }
    }

    /** Releases a place. */
    public void release(String network) {
        limit.release(network);
    }

    int acquired() {
        return limit.acquired();
    }

    /** Returns the number of watchers refused so far. */
    synchronized long refused() {
        return refused;
    }
}
