package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.error.RegistryException;
import java.util.function.LongSupplier;

/**
 * Confirms that this node owned the event store from the begin of a decision to its end. Discards what an earlier claim
 * has left in memory, because another node may have decided meanwhile. Used by the one thread that decides.
 */
public final class OwnershipGuard {

    private final LongSupplier requireOwnership;
    private final Runnable onNewClaim;

    /** Claim of the last decision; 0 before the first one. */
    private long claim;

    /**
     * Creates a guard.
     *
     * @param requireOwnership returns the claim under which this node owns the store; throws if another node may own it
     * @param onNewClaim discards what was known under an earlier claim, or brings it up to date; may block and fail
     */
    public OwnershipGuard(LongSupplier requireOwnership, Runnable onNewClaim) {
        this.requireOwnership = requireOwnership;
        this.onNewClaim = onNewClaim;
    }

    /**
     * Begins a decision.
     *
     * @throws RegistryException {@code standby} if another node owns the store, {@code store_unavailable} if this node
     *     can't confirm that it owns it
     */
    public void begin() {
        long current = requireClaim();
        if (current == claim) {
            return;
        }
        try {
            onNewClaim.run();
        } catch (RuntimeException e) {
            throw CommandErrors.toRegistryException(e);
        }
        claim = current;
    }

    /**
     * Confirms the last decision. It is needed for one without an event, because no append confirms it.
     *
     * @throws RegistryException {@code standby} if another node may have decided since {@link #begin},
     *     {@code store_unavailable} if this node can't confirm that it still owns the store
     */
    public void confirm() {
        if (requireClaim() != claim) {
            throw CommandErrors.standby();
        }
    }

    private long requireClaim() {
        try {
            return requireOwnership.getAsLong();
        } catch (RuntimeException e) {
            throw CommandErrors.toRegistryException(e);
        }
    }
}
