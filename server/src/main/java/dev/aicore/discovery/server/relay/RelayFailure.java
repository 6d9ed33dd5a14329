package dev.aicore.discovery.server.relay;

import org.jspecify.annotations.Nullable;

/** Thrown if an attempt to relay a write has failed. */
final class RelayFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean repeatable;

    RelayFailure(boolean repeatable, @Nullable Throwable cause) {
        super("The owner of the event store did not answer.", cause, false, false);
        this.repeatable = repeatable;
    }

    /** Returns true if the write may be sent again. */
    boolean repeatable() {
        return repeatable;
    }
}
