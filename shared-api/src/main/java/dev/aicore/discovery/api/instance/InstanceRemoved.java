package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * An instance whose lease had expired stayed silent through the grace period as well.
 *
 * @param revivableUntil until then a heartbeat brings it back
 * @param cause why, in words
 */
@Revision("1")
public record InstanceRemoved(
        String id, String service, Instant removedAt, Instant revivableUntil, String cause, EventMetadata envelope)
        implements InstanceFact {}
