package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.HashMap;
import java.util.Map;

/** How many may watch at a node at a time, whatever they watch: in all, and of one network. */
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

    /** @throws RegistryException {@code overloaded} if there are as many as may be, of that network or in all */
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

    /** How many found no place so far. */
    synchronized long refused() {
        return refused;
    }
}
