package dev.aicore.discovery.projection.axonserver;

import dev.aicore.discovery.eventstore.PositionTokens;
import dev.aicore.discovery.projection.processing.StoreAccess;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/**
 * Position up to which facts are exported, with a claim that one node holds. Each context has a position of its own.
 * Not thread-safe.
 */
final class ExportToken {

    private static final String PREFIX = "axon_server:";
    private static final int SEGMENT = 0;

    private final StoreAccess store;
    private final String name;
    private long position;

    ExportToken(StoreAccess store, String context) {
        this.store = store;
        this.name = PREFIX + context;
    }

    /** Returns the position as of the last call of another method. */
    long position() {
        return position;
    }

    /**
     * Claims the position, or extends the claim, and reads the position.
     *
     * @return true if the position has changed since the last call of a method
     * @throws UnableToClaimTokenException if another node holds the claim
     */
    boolean claim() {
        long claimed = store.transactions().fetchInTransaction(() -> {
            var tokens = store.tokens();
            if (tokens.fetchSegments(name).length == 0) {
                tokens.initializeTokenSegments(name, 1, PositionTokens.token(0));
            }
            return PositionTokens.of(tokens.fetchToken(name, SEGMENT));
        });
        boolean changed = claimed != position;
        position = claimed;
        return changed;
    }

    /**
     * Stores the position and extends the claim.
     *
     * @throws UnableToClaimTokenException if another node has taken over
     */
    void store(long reached) {
        store.transactions()
                .executeInTransaction(() -> store.tokens().storeToken(PositionTokens.token(reached), name, SEGMENT));
        position = reached;
    }

    /** Releases the claim, so that another node needn't wait for its timeout. */
    void release() {
        store.transactions().executeInTransaction(() -> store.tokens().releaseClaim(name, SEGMENT));
    }
}
