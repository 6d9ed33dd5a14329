package dev.aicore.discovery.eventstore.axon;

import org.axonframework.common.AxonNonTransientException;
import org.jspecify.annotations.Nullable;

/** Signals that an aggregate can't be loaded from the store. */
public final class AggregateLoadException extends AxonNonTransientException {

    private final @Nullable Long position;

    public AggregateLoadException(String aggregate, @Nullable Long position, RuntimeException cause) {
        super(aggregate + " can't be loaded: " + cause.getMessage(), cause);
        this.position = position;
    }

    /** Returns the first exception of this class among the causes of a failure; null if there is none. */
    public static @Nullable AggregateLoadException findIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AggregateLoadException load) {
                return load;
            }
        }
        return null;
    }

    /** Returns the position of the event at which loading failed; null if it isn't known. */
    public @Nullable Long position() {
        return position;
    }
}
