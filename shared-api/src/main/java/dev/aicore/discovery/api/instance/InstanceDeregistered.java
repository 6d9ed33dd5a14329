package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Somebody took the instance out of the registry. Heartbeats don't bring it back. */
@Revision("1")
public record InstanceDeregistered(String id, String service, Instant deregisteredAt, EventMetadata envelope)
        implements InstanceFact {}
