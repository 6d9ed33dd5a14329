package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records the first use of a key; a later use changes nothing. Returns an {@link ApiKeyOutcome}.
 *
 * @param book name of the stream, {@link ApiKeyStream#NAME}
 */
public record RecordFirstUse(
        @TargetAggregateIdentifier @RoutingKey String book, String keyId, Instant usedAt, EventMetadata envelope) {}
