package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;

/** Deregisters an instance. Outcome: {@link Outcome.Deregistered}. */
public record DeregisterInstance(String id, InstancePrecondition precondition, EventMetadata envelope)
        implements ShardCommand {

    public DeregisterInstance(String id, EventMetadata envelope) {
        this(id, InstancePrecondition.NONE, envelope);
    }
}
