package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import org.axonframework.common.AxonNonTransientException;

/**
 * Signals that an event of a shard can't be read: its row is damaged, or its payload isn't of its type.
 *
 * <p>The error code in answers and logs is {@value #CODE}.
 */
public final class UnreadableEventException extends AxonNonTransientException {

    public static final String CODE = "unreadable_event";

    private final long position;

    UnreadableEventException(StoredEvent event, String reason) {
        super(CODE + ": the event at position " + event.position() + " (" + ShardPartitioner.name(event.shard())
                + ", number "
                + event.seq() + ", " + (event.type().isEmpty() ? "no type" : event.type()) + ") can't be read: "
                + reason);
        this.position = event.position();
    }

    /** Returns the position of the event. */
    public long position() {
        return position;
    }
}
