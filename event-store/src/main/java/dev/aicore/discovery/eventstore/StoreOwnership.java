package dev.aicore.discovery.eventstore;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ownership of the store by this process: its claims, and the work that goes on under them. Thread-safe. */
final class StoreOwnership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreOwnership.class);

    private volatile @Nullable AppenderSession session;
    private volatile long claim;
    private long claims;
    private int worksInProgress;

    /**
     * Returns the number of the claim under which this process owns the store, 1 or more; 0 while it doesn't own it.
     * The number also changes if the store was lost and won again. An outage of the store doesn't change it.
     */
    long claim() {
        return claim;
    }

    /** Returns the session of the present or last claim. */
    AppenderSession session() {
        var current = session;
        if (current == null) {
            throw new IllegalStateException("This process has never owned the event store.");
        }
        return current;
    }

    /** Begins another claim. */
    synchronized void begin(AppenderSession won) {
        session = won;
        claim = ++claims;
    }

    /** Continues the claim with another session, after an outage. */
    void replaceSession(AppenderSession resumed) {
        session = resumed;
    }

    /** Ends the claim. */
    synchronized void end() {
        claim = 0;
    }

    /**
     * Returns the claim, and fails unless no other node can own the store at this moment. A decision without an event,
     * such as a refusal, is only true then: no append tells whether another node has decided otherwise. Such a decision
     * began and ended under the same claim.
     *
     * @param rejection reason why appends are refused, if they are
     * @throws StoreUnavailableException if another node may own the store
     */
    long require(@Nullable RuntimeException rejection) {
        long confirmed = claim;
        var current = session;
        if (confirmed == 0 || current == null) {
            throw StoreUnavailableException.ownedElsewhere();
        }
        if (!current.isValid() || claim != confirmed) {
            throw StoreUnavailableException.nothingDone(
                    "This node can't confirm that it still owns the event store.", rejection);
        }
        return confirmed;
    }

    /**
     * Begins work that only the owner of the store does. The store isn't claimed again before {@link #endWork}, so that
     * what the work knows is never older than the claim.
     *
     * @return false if the claim is over; nothing has begun then
     */
    synchronized boolean beginWork(long ofClaim) {
        if (claim != ofClaim) {
            return false;
        }
        worksInProgress++;
        return true;
    }

    /** Ends work that {@link #beginWork} has begun. */
    synchronized void endWork() {
        worksInProgress--;
    }

    /** Returns true if work of a claim goes on. */
    synchronized boolean isWorkInProgress() {
        return worksInProgress > 0;
    }

    /** Releases the lease, so that another node can claim the store at once. */
    void release() {
        try {
            if (claim != 0) {
                session().release();
            }
        } catch (SQLException e) {
            LOG.info("Failed to release the lease of the event store; the lease will expire: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        var last = session;
        if (last != null) {
            last.close();
        }
    }
}
