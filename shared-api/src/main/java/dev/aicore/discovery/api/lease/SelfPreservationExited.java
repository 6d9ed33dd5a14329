package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * No instance of the service is held back any more: each was heard again, has expired, or was taken out.
 *
 * @param cause what became of the last of them, in words
 */
@Revision("1")
public record SelfPreservationExited(String service, String cause, Instant leftAt, EventMetadata envelope) {}
