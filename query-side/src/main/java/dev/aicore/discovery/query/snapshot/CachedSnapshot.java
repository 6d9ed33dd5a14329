package dev.aicore.discovery.query.snapshot;

/**
 * A service as it is kept in memory.
 *
 * @param service with all changes up to its position
 * @param nanos when a store confirmed what it began with, by the monotonic clock
 */
record CachedSnapshot(ServiceSnapshot service, long nanos) {

    /** A read that began earlier may end later, and of two that agree one was confirmed later. */
    boolean isBehind(CachedSnapshot other) {
        int order = Long.compare(service.position(), other.service.position());
        return order < 0 || (order == 0 && nanos < other.nanos);
    }
}
