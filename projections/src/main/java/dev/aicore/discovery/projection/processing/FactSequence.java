package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.eventstore.UnreadableEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/** Facts of one instance stay in order, and so do those of one configuration; a shard's own facts stay in order among themselves. */
final class FactSequence implements SequencingPolicy<EventMessage<?>> {

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        return switch (event.getPayload()) {
            case Fact fact -> fact.id();
            case ConfigurationFact fact -> of(fact);
            case UnreadableEvent unreadable -> unreadable.sequence();
            default ->
                event instanceof DomainEventMessage<?> ofShard
                        ? ofShard.getAggregateIdentifier()
                        : event.getIdentifier();
        };
    }

    /** No instance has such an id: it has a slash. */
    static String of(ConfigurationFact fact) {
        return "configuration/" + fact.service();
    }
}
