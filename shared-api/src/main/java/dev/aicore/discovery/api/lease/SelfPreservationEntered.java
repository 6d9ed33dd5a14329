package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * So many instances of a service fell silent at once that the registry doubts its own hearing, and holds the rest back.
 * (Eureka's self-preservation, but of one service, and with an end.)
 *
 * @param instances how many the service has
 * @param expired how many of them have expired within the present window
 * @param cause why, and until when at the latest, in words
 */
@Revision("1")
public record SelfPreservationEntered(
        String service, int instances, int expired, String cause, Instant enteredAt, EventMetadata envelope) {}
