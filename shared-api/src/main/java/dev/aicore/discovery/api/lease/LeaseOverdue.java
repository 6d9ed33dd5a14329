package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.instance.InstanceRevived;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: the lease of an instance ran out, but self-preservation holds the instance back, because too many instances of
 * its service fell silent at once. {@link InstanceRevived} or {@link LeaseExpired} ends this state.
 *
 * @param silentSince the last renewal, or the start of the last lease extension if that is later
 * @param ttl the lease in seconds
 * @param cause the reason of the hold, in words
 */
@Revision("1")
public record LeaseOverdue(
        String id,
        String service,
        Instant silentSince,
        int ttl,
        Instant overdueAt,
        String cause,
        EventMetadata envelope)
        implements InstanceFact {}
