package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.api.shard.Shards;
import org.axonframework.common.AxonNonTransientException;

/**
 * An event of a shard can't be read: its row is damaged, or its payload isn't of its type.
 *
 * <p>Its code in answers and logs is {@value #CODE}.
 */
public final class UnreadableEventException extends AxonNonTransientException {

    public static final String CODE = "unreadable_event";

    private final long position;

    UnreadableEventException(StoredEntry entry, String reason) {
        super(CODE + ": the event at position " + entry.position() + " (" + Shards.name(entry.shard()) + ", number "
                + entry.seq() + ", " + (entry.type().isEmpty() ? "no type" : entry.type()) + ") can't be read: "
                + reason);
        this.position = entry.position();
    }

    /** Returns the position of the event. */
    public long position() {
        return position;
    }
}
