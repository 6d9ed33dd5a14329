package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: the registry removed an instance. Either its lease had expired and it stayed silent through the grace period,
 * or it has no lease and its checks found it unhealthy for too long.
 *
 * @param revivableUntil the time until which a heartbeat revives the instance
 * @param cause the reason, in words
 */
@Revision("1")
public record InstanceRemoved(
        String id, String service, Instant removedAt, Instant revivableUntil, String cause, EventMetadata envelope)
        implements InstanceFact {}
