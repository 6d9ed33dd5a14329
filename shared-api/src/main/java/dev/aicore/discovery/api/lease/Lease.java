package dev.aicore.discovery.api.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State of a lease and the time of its next check.
 *
 * @param slot the instance's slot in the shard; -1 once the instance is gone
 * @param dueAt the time at which an action may be due (expiry, removal, end of a tombstone, trial calls of an open
 *     circuit breaker), epoch milliseconds; {@link Long#MAX_VALUE} for never
 */
public record Lease(String id, int slot, Phase phase, long dueAt) {

    /** Phase of a lease, in the order of its life. */
    public enum Phase {
        /** Discoverable, as far as the lease is concerned. */
        LIVE,
        /** Silent for its whole lease, but held back by self-preservation. */
        OVERDUE,
        /** Silent for its whole lease; still listed. */
        EXPIRED,
        /** Removed by expiry; a heartbeat can still revive the instance. */
        REMOVED,
        /** Deregistered; the tombstone still exists. */
        DEREGISTERED,
        /** Unknown to the shard, or no longer remembered. */
        FORGOTTEN
    }

    /** Returns {@link #dueAt} as an instant; null for never. */
    public @Nullable Instant dueInstant() {
        return dueAt == Long.MAX_VALUE ? null : Instant.ofEpochMilli(dueAt);
    }
}
