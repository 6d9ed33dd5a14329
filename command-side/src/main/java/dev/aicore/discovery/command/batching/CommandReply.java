package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply to a command, sent when its result is durable.
 *
 * @param position position of the command's event; without event, the last position known to the sender of the reply
 * @param at time of the decision, by the lease clock
 * @param recordedAt time at which the store recorded the event, by the database's clock; null without event
 */
public record CommandReply(
        Outcome outcome,
        long position,
        Instant at,
        @Nullable Instant recordedAt) {

    /** Creates a reply to a command that recorded no event. */
    public CommandReply(Outcome outcome, long position, Instant at) {
        this(outcome, position, at, null);
    }

    /**
     * Reply to a request with many commands, sent when all of them are durable.
     *
     * @param outcomes outcomes in the order of the commands
     * @param position highest position of the events that the commands caused
     */
    public record BatchReply(List<Outcome> outcomes, long position) {}
}
