package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * An instance was silent for its whole lease, and doesn't expire yet: too many of its service fell silent at once for all of
 * them to be believed dead. It comes back as {@link InstanceRevived} says, or goes as {@link LeaseExpired} does.
 *
 * @param silentSince since when nothing was heard that could have been
 * @param ttl the lease in seconds
 * @param cause why it is held back, in words
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
