package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.HashMap;
import java.util.Map;

/** Limits the number of concurrent watchers of a node, in total and per network. */
public final class WatcherLimit {

    private final int maxWatchers;
    private final int maxPerNetwork;
    private final Map<String, Integer> ofNetworks = new HashMap<>();
    private int acquired;
    private long refused;

    WatcherLimit(int maxWatchers, int maxPerNetwork) {
        this.maxWatchers = maxWatchers;
        this.maxPerNetwork = maxPerNetwork;
    }

    /**
     * Acquires a place.
     *
     * @throws RegistryException {@code overloaded} if the limit of the network or of the node is reached
     */
    public synchronized void acquire(String network) {
        int own = ofNetworks.getOrDefault(network, 0);
        if (acquired >= maxWatchers || own >= maxPerNetwork) {
            refused++;
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    acquired >= maxWatchers
                            ? "The maximum of " + maxWatchers + " watchers is reached."
                            : "The maximum of " + maxPerNetwork + " watchers from this address is reached.",
                    WatchHub.RETRY_AFTER);
        }
        acquired++;
        ofNetworks.put(network, own + 1);
    }

    /** Releases a place. */
    public synchronized void release(String network) {
        acquired--;
        ofNetworks.computeIfPresent(network, (_, own) -> own == 1 ? null : own - 1);
    }

    synchronized int acquired() {
        return acquired;
    }

    /** Returns the number of watchers refused so far. */
    synchronized long refused() {
        return refused;
    }
}
