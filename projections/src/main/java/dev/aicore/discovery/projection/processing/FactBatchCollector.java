package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.eventstore.UnreadableEvent;
import java.time.Instant;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Adds the facts of a projection's handlers to the batch of the current unit of work. */
public final class FactBatchCollector {

    private final String projection;
    private final ProjectionProcessor processor;

    FactBatchCollector(String projection, ProjectionProcessor processor) {
        this.projection = projection;
        this.processor = processor;
    }

    /**
     * Adds a fact of an instance; to be called from an event handler.
     *
     * @throws IllegalStateException if the token has no position, or there is no unit of work
     */
    public void collect(Fact fact, TrackingToken token, Instant at, String shard) {
        add(new RecordedFact(fact, fact.id(), shard, position(token), at));
    }

    /**
     * Adds a fact of a configuration; to be called from an event handler.
     *
     * @throws IllegalStateException if the token has no position, or there is no unit of work
     */
    public void collect(ConfigurationFact fact, TrackingToken token, Instant at, String stream) {
        add(new RecordedFact(fact, FactSequencingPolicy.of(fact), stream, position(token), at));
    }

    /**
     * Adds a fact of a key; to be called from an event handler.
     *
     * @throws IllegalStateException if the token has no position, or there is no unit of work
     */
    public void collect(KeyValueFact fact, TrackingToken token, Instant at, String stream) {
        add(new RecordedFact(fact, FactSequencingPolicy.of(fact), stream, position(token), at));
    }

    /**
     * Adds a shard's own fact; to be called from an event handler.
     *
     * @throws IllegalStateException if the token has no position, or there is no unit of work
     */
    public void collectShardFact(Object fact, TrackingToken token, Instant at, String shard) {
        add(new RecordedFact(fact, shard, shard, position(token), at));
    }

    /**
     * Adds the placeholder of an unreadable fact; to be called from an event handler.
     *
     * @throws IllegalStateException if the token has no position, or there is no unit of work
     */
    public void collect(UnreadableEvent unreadable, TrackingToken token, Instant at) {
        add(new RecordedFact(unreadable, unreadable.sequence(), unreadable.stream(), position(token), at));
    }

    private void add(RecordedFact recordedFact) {
        FactBatch.of(CurrentUnitOfWork.get(), processor).add(projection, recordedFact);
    }

    private static long position(TrackingToken token) {
        return token.position()
                .orElseThrow(() -> new IllegalStateException("The token " + token + " has no position."));
    }
}
