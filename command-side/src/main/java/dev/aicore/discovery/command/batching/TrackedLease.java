package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.lease.Lease.Phase;

/**
 * Lease of an instance as it is known outside of the shard: the shard it belongs to, and the time of its next check.
 */
final class TrackedLease {

    final String id;
    final int shard;

    /**
     * {@code FORGOTTEN} until the shard has answered the registration: the id is reserved so that no other shard takes
     * it.
     */
    volatile Phase phase;

    volatile long dueAt;

    /**
     * Number of registrations that the shard has yet to answer. Accessed by {@link LeaseIndex} alone, one thread at a
     * time.
     */
    int pending;

    /** Tick of the wheel's bucket that the lease is in, -1 if in none. Written by the wheel alone. */
    volatile long filedUnder = -1;

    TrackedLease(String id, int shard, Phase phase, long dueAt) {
        this.id = id;
        this.shard = shard;
        this.phase = phase;
        this.dueAt = dueAt;
    }

    boolean isRemoved() {
        return phase == Phase.REMOVED || phase == Phase.DEREGISTERED;
    }
}
