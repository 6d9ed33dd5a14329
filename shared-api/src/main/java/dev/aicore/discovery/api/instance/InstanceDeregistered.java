package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Fact: a caller deregistered the instance. Heartbeats can't revive it. */
@Revision("1")
public record InstanceDeregistered(String id, String service, Instant deregisteredAt, EventMetadata envelope)
        implements InstanceFact {}
