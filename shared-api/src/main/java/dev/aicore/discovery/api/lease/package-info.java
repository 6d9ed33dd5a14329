/**
 * Leases: heartbeats, expiry, lease extension and self-preservation.
 *
 * <p>{@link RenewLease} renews a lease. {@link ExpireLeases} proposes the leases that are due. When more of a
 * service's leases run out than the expiry cap allows, the shard emits {@link SelfPreservationEntered} and holds the
 * silent instances back as overdue. When no overdue instance is left, it emits {@link SelfPreservationExited}. {@link
 * ExtendLeases} restarts all leases of a shard after a time in which heartbeats could not be received.
 *
 * <pre>{@code
 * RenewLease, RenewLeases -> Lease
 * ExpireLeases            -> within the cap  -> LeaseExpired
 *                         -> above the cap   -> SelfPreservationEntered (once), LeaseOverdue (per instance)
 * last overdue instance is gone              -> SelfPreservationExited
 * ExtendLeases                               -> LeasesExtended
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.lease;

import org.jspecify.annotations.NullMarked;
