package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: the lease of an instance expired, so that it is no longer discovered.
 *
 * @param silentSince the last renewal, or the start of the last lease extension if that is later
 * @param ttl the expired lease in seconds
 * @param removeAt the time of removal if the instance stays silent
 * @param cause the reason, in words
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
