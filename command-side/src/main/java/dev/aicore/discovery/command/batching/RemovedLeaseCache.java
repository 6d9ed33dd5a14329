package dev.aicore.discovery.command.batching;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Caches the leases of a shard's removed instances until they are forgotten. It holds as many as the shard has
 * tombstones, and evicts the oldest first, as the shard does. Thread-safe.
 */
final class RemovedLeaseCache {

    static final int MAX_SIZE = 8_192;

    private final LinkedHashMap<String, TrackedLease> byId = new LinkedHashMap<>();

    synchronized int size() {
        return byId.size();
    }

    /** Adds a lease. Returns the evicted oldest lease if the cache was full, else null. */
    synchronized @Nullable TrackedLease add(TrackedLease trackedLease) {
        byId.putIfAbsent(trackedLease.id, trackedLease);
        return byId.size() > MAX_SIZE ? byId.pollFirstEntry().getValue() : null;
    }

    synchronized void remove(TrackedLease trackedLease) {
        byId.remove(trackedLease.id, trackedLease);
    }
}
