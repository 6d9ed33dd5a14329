package dev.aicore.discovery.api.shard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a lease stands, and when to look at it next.
 *
 * @param slot its place in the shard; -1 once it is gone
 * @param dueAt when something may be due (expiry, removal, forgetting), epoch milliseconds; {@link Long#MAX_VALUE} never
 */
public record Lease(String id, int slot, Phase phase, long dueAt) {

    /** How far a lease has run, ever further. */
    public enum Phase {
        /** Discoverable, as far as the lease goes. */
        LIVE,
        /** Silent for its whole lease, and held back. */
        OVERDUE,
        /** Silent for its whole lease; still listed. */
        EXPIRED,
        /** Removed by expiry, and still to be revived. */
        REMOVED,
        /** Gone by its owner's will, and not yet forgotten. */
        DEREGISTERED,
        /** Unknown to the shard, or not any more. */
        FORGOTTEN
    }

    /** {@link #dueAt} as an instant; null if nothing ever will be. */
    public @Nullable Instant due() {
        return dueAt == Long.MAX_VALUE ? null : Instant.ofEpochMilli(dueAt);
    }
}
