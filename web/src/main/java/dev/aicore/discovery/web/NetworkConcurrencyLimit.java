package dev.aicore.discovery.web;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many operations run at the same time, in total and per network ({@link ClientNetwork}). Holds nothing for
 * a network without operations. Thread-safe.
 */
public final class NetworkConcurrencyLimit {

    private final int max;
    private final int maxPerNetwork;
    private final Map<String, Integer> ofNetworks = new HashMap<>();
    private int acquired;

    public NetworkConcurrencyLimit(int max, int maxPerNetwork) {
        this.max = max;
        this.maxPerNetwork = maxPerNetwork;
    }

    /** Takes a place, which the caller must {@link #release}; returns false if a limit is reached. */
    public synchronized boolean tryAcquire(String network) {
        int own = ofNetworks.getOrDefault(network, 0);
        if (isExhausted() || own >= maxPerNetwork) {
            return false;
        }
        acquired++;
        ofNetworks.put(network, own + 1);
        return true;
    }

    /** Gives a place back. */
    public synchronized void release(String network) {
        acquired--;
        ofNetworks.computeIfPresent(network, (_, own) -> own == 1 ? null : own - 1);
    }

    /** Returns the number of places that are taken. */
    public synchronized int acquired() {
        return acquired;
    }

    /** Returns true if the limit of all networks together is reached. */
    public synchronized boolean isExhausted() {
        return acquired >= max;
    }
}
