package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: a service leaves self-preservation, because none of its instances is held back any more. Each was renewed, has
 * expired or was removed.
 *
 * @param cause the reason, in words
 */
@Revision("1")
public record SelfPreservationExited(String service, String cause, Instant leftAt, EventMetadata envelope)
        implements RegistryEvent {}
