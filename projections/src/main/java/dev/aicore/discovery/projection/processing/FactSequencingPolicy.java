package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.eventstore.UnreadableEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/** Keeps the facts of one instance in order, as well as those of one configuration or key, and a shard's own facts. */
final class FactSequencingPolicy implements SequencingPolicy<EventMessage<?>> {

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        return switch (event.getPayload()) {
            case Fact fact -> fact.id();
            case ConfigurationFact fact -> of(fact);
            case KeyValueFact fact -> of(fact);
            case UnreadableEvent unreadable -> unreadable.sequence();
            default ->
                event instanceof DomainEventMessage<?> ofShard
                        ? ofShard.getAggregateIdentifier()
                        : event.getIdentifier();
        };
    }

    /** Returns the sequence of a configuration. Its slash distinguishes it from instance ids. */
    static String of(ConfigurationFact fact) {
        return "configuration/" + fact.service();
    }

    /** Returns the sequence of a key. */
    static String of(KeyValueFact fact) {
        return "key-value/" + fact.key();
    }
}
