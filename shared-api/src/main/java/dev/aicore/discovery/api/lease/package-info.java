/**
 * Facts about the leases of a whole service: the start and the end of self-preservation.
 *
 * <p>When more of a service's leases run out than the expiry cap allows, the shard emits
 * {@link SelfPreservationEntered} and holds the silent instances back as overdue. When no overdue instance is left, the
 * shard emits {@link SelfPreservationExited}.
 *
 * <pre>{@code
 * lease runs out -> within the cap  -> LeaseExpired
 *                -> above the cap   -> SelfPreservationEntered (once), LeaseOverdue (per instance)
 * last overdue instance is gone     -> SelfPreservationExited
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.lease;

import org.jspecify.annotations.NullMarked;
