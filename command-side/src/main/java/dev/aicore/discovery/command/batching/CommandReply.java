package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told, after it is durable.
 *
 * @param position of the event that says so; where nothing happened, the last position known here
 * @param at when it was decided, on the clock that leases run by
 * @param recordedAt when the store recorded that event, by the database's clock; null where nothing happened
 */
public record CommandReply(
        Outcome outcome,
        long position,
        Instant at,
        @Nullable Instant recordedAt) {

    /** One that recorded nothing itself. */
    public CommandReply(Outcome outcome, long position, Instant at) {
        this(outcome, position, at, null);
    }
}
