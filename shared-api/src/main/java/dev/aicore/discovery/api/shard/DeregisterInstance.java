package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.Envelope;

/** Takes an instance out of the registry. Outcome: {@link Outcome.Deregistered}. */
public record DeregisterInstance(String id, Precondition precondition, Envelope envelope) implements Item {

    public DeregisterInstance(String id, Envelope envelope) {
        this(id, Precondition.NONE, envelope);
    }
}
