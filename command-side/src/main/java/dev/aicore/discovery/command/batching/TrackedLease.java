package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.Lease.Phase;

/** What is known outside of a shard about one of its instances: where it is, and when to look at it. */
final class TrackedLease {

    final String id;
    final int shard;

    /** {@code FORGOTTEN} until the shard has answered: the id is held so that no other shard takes it. */
    volatile Phase phase;

    volatile long dueAt;

    /** How many registrations of it the shard has yet to answer; the table alone reads and changes it, one thread at a time. */
    int pending;

    /** The tick under which the wheel has it, -1 if it hasn't; written by the wheel alone. */
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
