package dev.aicore.discovery.command.batching;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The ids that have gone from a shard and aren't forgotten: as many as the shard itself remembers, and the eldest go first there too. */
final class RemovedLeaseCache {

    static final int MAX_SIZE = 8_192;

    private final LinkedHashMap<String, TrackedLease> byId = new LinkedHashMap<>();

    synchronized int size() {
        return byId.size();
    }

    /** Takes one more in; the eldest if that is one too many, else null. */
    synchronized @Nullable TrackedLease add(TrackedLease trackedLease) {
        byId.putIfAbsent(trackedLease.id, trackedLease);
        return byId.size() > MAX_SIZE ? byId.pollFirstEntry().getValue() : null;
    }

    synchronized void remove(TrackedLease trackedLease) {
        byId.remove(trackedLease.id, trackedLease);
    }
}
