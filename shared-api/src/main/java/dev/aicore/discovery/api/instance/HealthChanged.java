package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.Envelope;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Enough consecutive results turned an instance's health.
 *
 * @param consecutive how many results in a row said so
 * @param evidence the last of them, in words
 */
@Revision("1")
public record HealthChanged(
        String id,
        String service,
        Health from,
        Health to,
        int consecutive,
        String evidence,
        Instant changedAt,
        Envelope envelope)
        implements InstanceFact {}
