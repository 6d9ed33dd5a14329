package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: a service enters self-preservation, because too many of its instances fell silent at once. Its further silent
 * instances are held back from expiry. (As Eureka's self-preservation, but per service and bounded in time.)
 *
 * @param instances number of present instances of the service
 * @param expired number of instances that have expired within the current window of one TTL
 * @param cause the reason and the longest duration of the hold, in words
 */
@Revision("1")
public record SelfPreservationEntered(
        String service, int instances, int expired, String cause, Instant enteredAt, EventMetadata envelope)
        implements RegistryEvent {}
