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
    public boolean tryAcquire(String network) {
        return tryAcquire(network, 1);
    }

    /**
     * Takes a number of places, which the caller must {@link #release(String, int)}; takes none and returns false if a
     * limit would be exceeded.
     *
     * @param places 0 or more
     */
    public synchronized boolean tryAcquire(String network, int places) {
        int own = ofNetworks.getOrDefault(network, 0);
        if (places > max - acquired || places > maxPerNetwork - own) {
            return false;
        }
        if (places > 0) {
            acquired += places;
            ofNetworks.put(network, own + places);
        }
        return true;
    }

    /** Gives a place back. */
    public void release(String network) {
        release(network, 1);
    }

    /** Gives a number of places back. */
    public synchronized void release(String network, int places) {
        acquired -= places;
        ofNetworks.computeIfPresent(network, (_, own) -> own <= places ? null : own - places);
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
