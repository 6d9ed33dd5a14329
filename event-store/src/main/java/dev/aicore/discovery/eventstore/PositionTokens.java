package dev.aicore.discovery.eventstore;

import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/** Tokens of this store are positions. */
public final class PositionTokens {

    private PositionTokens() {}

    /**
     * The position that has been read; 0 for no token.
     *
     * @throws IllegalArgumentException if it is a token of another store
     */
    public static long of(@Nullable TrackingToken token) {
        return switch (WrappedToken.unwrapLowerBound(token)) {
            case null -> 0;
            case GlobalSequenceTrackingToken sequence -> sequence.getGlobalIndex();
            case TrackingToken other ->
                throw new IllegalArgumentException("A token of this store is a position, got " + other + ".");
        };
    }

    /** The token of a reader that has read up to and including that position. */
    public static TrackingToken token(long position) {
        return new GlobalSequenceTrackingToken(position);
    }
}
