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
    private int taken;
    private long refused;

    WatcherLimit(int most, int mostOfNetwork) {
        this.maxWatchers = most;
        this.maxPerNetwork = mostOfNetwork;
    }

    /**
     * Acquires a place.
     *
     * @throws RegistryException {@code overloaded} if the limit of the network or of the node is reached
     */
    synchronized void take(String network) {
        int own = ofNetworks.getOrDefault(network, 0);
        if (taken >= maxWatchers || own >= maxPerNetwork) {
            refused++;
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    taken >= maxWatchers
                            ? "There are " + maxWatchers + " watchers already."
                            : "There are " + maxPerNetwork + " watchers from this address already.",
                    WatchHub.RETRY_AFTER);
        }
        taken++;
        ofNetworks.put(network, own + 1);
    }

    synchronized void release(String network) {
        taken--;
        ofNetworks.computeIfPresent(network, (_, own) -> own == 1 ? null : own - 1);
    }

    synchronized int taken() {
        return taken;
    }

    /** Returns the number of watchers refused so far. */
    synchronized long refused() {
        return refused;
    }
}
