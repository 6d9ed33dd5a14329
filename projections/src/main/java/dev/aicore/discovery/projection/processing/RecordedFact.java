package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.eventstore.UnreadableEvent;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Fact as the store holds it.
 *
 * @param fact the fact, or an {@link UnreadableEvent}
 * @param sequence sequence within which facts are ordered: the instance's id, the configuration, the key, or the
 *     shard's name for a shard's own facts
 * @param shard name of the shard that decided the fact
 * @param position position in the store
 * @param at time at which the fact was recorded
 */
public record RecordedFact(Object fact, String sequence, String shard, long position, Instant at) {

    /** Returns true if the fact can't be read: then it is an {@link UnreadableEvent}. */
    public boolean isUnreadable() {
        return fact instanceof UnreadableEvent;
    }

    /**
     * Converts an event of the store.
     *
     * @throws IllegalStateException if its token has no position
     */
    public static RecordedFact of(TrackedEventMessage<?> event) {
        var sequence = String.valueOf(new FactSequencingPolicy().getSequenceIdentifierFor(event));
        var shard = event instanceof DomainEventMessage<?> ofShard ? ofShard.getAggregateIdentifier() : sequence;
        long position = event.trackingToken()
                .position()
                .orElseThrow(() -> new IllegalStateException("An event's token has no position."));
        return new RecordedFact(event.getPayload(), sequence, shard, position, event.getTimestamp());
    }
}
