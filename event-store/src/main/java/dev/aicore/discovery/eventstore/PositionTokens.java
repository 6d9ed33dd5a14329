package dev.aicore.discovery.eventstore;

import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/** Converts between positions and tracking tokens. */
public final class PositionTokens {

    private PositionTokens() {}

    /**
     * Returns the position that a token's reader has read up to; 0 for no token.
     *
     * @throws IllegalArgumentException if the token is of another kind of store
     */
    public static long of(@Nullable TrackingToken token) {
        return switch (WrappedToken.unwrapLowerBound(token)) {
            case null -> 0;
            case GlobalSequenceTrackingToken sequence -> sequence.getGlobalIndex();
            case TrackingToken other ->
                throw new IllegalArgumentException("A token of this store is a position, got " + other + ".");
        };
    }

    /** Returns the token of a reader that has read up to and including a position. */
    public static TrackingToken token(long position) {
        return new GlobalSequenceTrackingToken(position);
    }
}
