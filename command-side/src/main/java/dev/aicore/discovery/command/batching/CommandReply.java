package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
     * @param position highest position of the events that the commands caused; 0 if all were refused
     */
    public record BatchReply(List<Outcome> outcomes, long position) {

        /**
         * Collects the replies to commands that were submitted one by one. Never fails: an error becomes the outcome of
         * its command.
         */
        static CompletableFuture<BatchReply> collect(List<CompletableFuture<CommandReply>> replies) {
            var all = replies.stream()
                    .map(reply -> reply.exceptionally(
                            failure -> new CommandReply(CommandErrors.toRefusal(failure), 0, Instant.EPOCH)))
                    .toList();
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenApply(_ -> of(all.stream().map(CompletableFuture::join).toList()));
        }

        /** Returns the reply to the commands of this reply, followed by those of another one. */
        public BatchReply and(BatchReply other) {
            var both = new ArrayList<>(outcomes);
            both.addAll(other.outcomes);
            return new BatchReply(both, Math.max(position, other.position));
        }

        private static BatchReply of(List<CommandReply> replies) {
            return new BatchReply(
                    replies.stream().map(CommandReply::outcome).toList(),
                    replies.stream()
                            .filter(reply -> !(reply.outcome() instanceof Outcome.Refused))
                            .mapToLong(CommandReply::position)
                            .max()
                            .orElse(0));
        }
    }
}
