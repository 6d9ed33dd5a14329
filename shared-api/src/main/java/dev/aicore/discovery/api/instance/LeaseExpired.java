package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * The instance fell silent for its lease: it is not discovered any more.
 *
 * @param silentSince the last renewal, or the start of the grace that the registry gave after a pause of its own
 * @param ttl the lease that ran out, in seconds
 * @param removeAt when it will be removed if it stays silent
 * @param cause why, in words
 */
@Revision("1")
public record LeaseExpired(
        String id,
        String service,
        Instant silentSince,
        int ttl,
        Instant expiredAt,
        Instant removeAt,
        String cause,
        EventMetadata envelope)
        implements InstanceFact {}
