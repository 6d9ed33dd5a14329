package dev.aicore.discovery.eventstore.wire;

import org.axonframework.common.AxonNonTransientException;

/**
 * Signals that the store has an event that a newer version wrote. Reading stops at the event, because a state without
 * it would be a guess.
 *
 * <p>The error code in answers and logs is {@value #CODE}.
 */
public final class NewerEventException extends AxonNonTransientException {

    public static final String CODE = "newer_event";

    NewerEventException(String name, int revision, int known) {
        super(CODE + ": the store holds " + name + " of revision " + revision + ", this version knows "
                + (known == 0 ? "no event of that name" : "revision " + known) + "; run the version that wrote it.");
    }
}
