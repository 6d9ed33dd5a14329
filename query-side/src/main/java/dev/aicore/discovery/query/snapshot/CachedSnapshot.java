package dev.aicore.discovery.query.snapshot;

/**
 * Snapshot of a service in memory.
 *
 * @param service with all changes up to its position
 * @param nanos time at which a store confirmed the state that the snapshot began with, by the monotonic clock
 */
record CachedSnapshot(ServiceSnapshot service, long nanos) {

    /**
     * Returns true if the other snapshot is newer: a read that began earlier may end later. Of two at the same
     * position, the one confirmed later is newer.
     */
    boolean isBehind(CachedSnapshot other) {
        int order = Long.compare(service.position(), other.service.position());
        return order < 0 || (order == 0 && nanos < other.nanos);
    }
}
