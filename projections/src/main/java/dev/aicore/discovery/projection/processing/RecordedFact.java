package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.eventstore.UnreadableEvent;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * A fact as the store holds it.
 *
 * @param sequence what it is ordered with: its instance's id, its configuration, or the shard's name for a shard's own facts
 * @param shard the name of the shard that decided it
 * @param position its place in the store
 * @param at when it was recorded
 */
public record RecordedFact(Object fact, String sequence, String shard, long position, Instant at) {

    /** Whether nobody can read it: then it is an {@link UnreadableEvent}. */
    public boolean isUnreadable() {
        return fact instanceof UnreadableEvent;
    }

    /**
     * A fact as it comes from the store.
     *
     * @throws IllegalStateException if its token tells no position
     */
    public static RecordedFact of(TrackedEventMessage<?> event) {
        var sequence = String.valueOf(new FactSequence().getSequenceIdentifierFor(event));
        var shard = event instanceof DomainEventMessage<?> ofShard ? ofShard.getAggregateIdentifier() : sequence;
        long position = event.trackingToken()
                .position()
                .orElseThrow(() -> new IllegalStateException("An event's token has no position."));
        return new RecordedFact(event.getPayload(), sequence, shard, position, event.getTimestamp());
    }
}
